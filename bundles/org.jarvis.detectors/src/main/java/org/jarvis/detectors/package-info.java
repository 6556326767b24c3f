/** The built-in detectors: what can be wrong in a cluster, and what mends it. */
@NullMarked
package org.jarvis.detectors;

import org.jspecify.annotations.NullMarked;
