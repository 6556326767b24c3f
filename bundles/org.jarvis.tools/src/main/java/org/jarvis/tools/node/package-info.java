/** The tools that change nodes and their services. */
@NullMarked
package org.jarvis.tools.node;

import org.jspecify.annotations.NullMarked;
