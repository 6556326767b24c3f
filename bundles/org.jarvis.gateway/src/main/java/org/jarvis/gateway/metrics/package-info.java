/** Figures for whoever watches Jarvis and its clusters from outside. */
@NullMarked
package org.jarvis.gateway.metrics;

import org.jspecify.annotations.NullMarked;
