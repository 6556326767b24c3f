/** Cluster state, event stream, tool catalogue and the action pipeline. */
@NullMarked
package org.jarvis.core;

import org.jspecify.annotations.NullMarked;
