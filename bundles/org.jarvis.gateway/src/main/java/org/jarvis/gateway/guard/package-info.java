/** What every request passes before anything else sees it: headers, host, origin, login, limits. */
@NullMarked
package org.jarvis.gateway.guard;

import org.jspecify.annotations.NullMarked;
