/** The built-in tools. */
@NullMarked
package org.jarvis.tools;

import org.jspecify.annotations.NullMarked;
