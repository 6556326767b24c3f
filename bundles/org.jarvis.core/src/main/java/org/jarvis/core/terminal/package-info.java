/** People's own terminals: the one named exception to the gate. */
@NullMarked
package org.jarvis.core.terminal;

import org.jspecify.annotations.NullMarked;
