/** The one order of all events, and who listens to it. */
@NullMarked
package org.jarvis.core.event;

import org.jspecify.annotations.NullMarked;
