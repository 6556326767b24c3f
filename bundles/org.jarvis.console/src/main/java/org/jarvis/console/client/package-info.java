/**
 * The other side of the door: a plain Java program, started by {@code jarvis console}. It knows
 * nothing of OSGi.
 */
@NullMarked
package org.jarvis.console.client;

import org.jspecify.annotations.NullMarked;
