package org.jarvis.console.socket;

import java.io.PrintStream;

/** Makes a shell for each visitor. */
@FunctionalInterface
interface Shells {
  /** A shell that says what it has to say here, and what went wrong there. */
  Shell open(PrintStream out, PrintStream err);
}
