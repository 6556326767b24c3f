/** The built-in tools: what can be asked of a cluster, and what can be done to its guests. */
@NullMarked
package org.jarvis.tools;

import org.jspecify.annotations.NullMarked;
