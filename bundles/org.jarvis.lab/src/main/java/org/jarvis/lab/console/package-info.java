/** The fault switches as a command of Karaf's shell. */
@NullMarked
package org.jarvis.lab.console;

import org.jspecify.annotations.NullMarked;
