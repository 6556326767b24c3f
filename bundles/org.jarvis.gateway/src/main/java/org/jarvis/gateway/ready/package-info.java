/** The lines on the console that say that Jarvis is ready. */
@NullMarked
package org.jarvis.gateway.ready;

import org.jspecify.annotations.NullMarked;
