/** What every tool has to do. */
@NullMarked
package org.jarvis.testkit.tool;

import org.jspecify.annotations.NullMarked;
