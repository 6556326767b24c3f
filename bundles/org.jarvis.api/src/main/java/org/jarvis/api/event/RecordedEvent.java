package org.jarvis.api.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event with its place in the order of all events.
 *
 * @param seq its number; the next event's is one higher, without gap or repeat, across restarts
 * @param at when it was recorded
 * @param type its type, see {@link Event#type()}
 * @param subject the address of the resource it is about, {@code null} when about none
 * @param summary one sentence for people
 * @param data its payload as a JSON object
 */
public record RecordedEvent(
    long seq, Instant at, String type, @Nullable String subject, String summary, String data) {}
