/** The tools that only look. */
@NullMarked
package org.jarvis.tools.read;

import org.jspecify.annotations.NullMarked;
