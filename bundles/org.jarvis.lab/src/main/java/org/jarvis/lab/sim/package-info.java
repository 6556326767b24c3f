/**
 * The simulated cluster itself: nodes, guests, storages, tasks and figures that move with a clock,
 * without any notion of HTTP.
 */
@NullMarked
package org.jarvis.lab.sim;

import org.jspecify.annotations.NullMarked;
