package org.jarvis.api.connector;

import java.time.Duration;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.GuestId;
import org.jspecify.annotations.Nullable;

/**
 * What a running guest has moved since it started. A cluster renews these only now and then;
 * between two values lies as much time as between their times of running.
 *
 * @param guest which
 * @param uptime since it started, at the moment of the counting
 * @param netIn received
 * @param netOut sent
 * @param diskRead read
 * @param diskWritten written
 */
public record GuestCounters(
    GuestId guest,
    Duration uptime,
    @Nullable Bytes netIn,
    @Nullable Bytes netOut,
    @Nullable Bytes diskRead,
    @Nullable Bytes diskWritten) {}
