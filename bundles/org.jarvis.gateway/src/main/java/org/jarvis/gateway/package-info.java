/** HTTP: REST, WebSocket, security headers, errors. */
@NullMarked
package org.jarvis.gateway;

import org.jspecify.annotations.NullMarked;
