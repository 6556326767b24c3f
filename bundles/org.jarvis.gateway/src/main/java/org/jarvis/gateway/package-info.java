/** HTTP: REST, WebSocket, security headers, errors; here what its parts share. */
@NullMarked
package org.jarvis.gateway;

import org.jspecify.annotations.NullMarked;
