/** The one catalogue of tools. */
@NullMarked
package org.jarvis.core.tool;

import org.jspecify.annotations.NullMarked;
