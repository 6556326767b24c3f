/** Karaf shell commands, reached locally without a port. */
@NullMarked
package org.jarvis.console;

import org.jspecify.annotations.NullMarked;
