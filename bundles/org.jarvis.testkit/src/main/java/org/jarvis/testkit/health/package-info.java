/** What every health contributor has to do. */
@NullMarked
package org.jarvis.testkit.health;

import org.jspecify.annotations.NullMarked;
