package org.jarvis.itests.system;

/**
 * What came of a command.
 *
 * @param exitCode its exit code
 * @param output what it wrote to its standard output stream
 * @param errors what it wrote to its standard error stream
 */
record Outcome(int exitCode, String output, String errors) {}
