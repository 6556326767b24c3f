/** JSON at the edge: strict reading of bodies, and the encodings of what is shown. */
@NullMarked
package org.jarvis.gateway.json;

import org.jspecify.annotations.NullMarked;
