/** What is shown on the centre of everybody's page, in memory. */
@NullMarked
package org.jarvis.core.screen;

import org.jspecify.annotations.NullMarked;
