/** Where Jarvis listens, and the certificates that it shows there. */
@NullMarked
package org.jarvis.gateway.listen;

import org.jspecify.annotations.NullMarked;
