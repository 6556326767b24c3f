/**
 * Command lines as a strict subset of the shell's language: reading them, and writing them so that
 * no shell can understand them differently.
 */
@NullMarked
package org.jarvis.safety.command.line;

import org.jspecify.annotations.NullMarked;
