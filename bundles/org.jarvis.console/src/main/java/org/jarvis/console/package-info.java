/** Karaf shell commands, and a local door to them that is no port. */
@NullMarked
package org.jarvis.console;

import org.jspecify.annotations.NullMarked;
