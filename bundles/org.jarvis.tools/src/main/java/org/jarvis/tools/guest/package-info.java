/** The tools that change guests. */
@NullMarked
package org.jarvis.tools.guest;

import org.jspecify.annotations.NullMarked;
