/** The commands: what they ask of Jarvis, and how they say it. */
@NullMarked
package org.jarvis.console.command;

import org.jspecify.annotations.NullMarked;
