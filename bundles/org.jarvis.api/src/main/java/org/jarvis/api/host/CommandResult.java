package org.jarvis.api.host;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command. Hostile until shown as plain text.
 *
 * @param exitStatus its exit status, {@code null} when a signal ended it
 * @param signal the signal that ended it, such as {@code KILL}; {@code null} when none did
 * @param output its standard output, as UTF-8; where it was more than allowed, the middle is cut
 *     out and a line says how much
 * @param errors its standard error, likewise
 * @param cutBytes bytes cut out of both
 * @param took how long it ran
 */
public record CommandResult(
    @Nullable Integer exitStatus,
    @Nullable String signal,
    String output,
    String errors,
    long cutBytes,
    Duration took) {}
