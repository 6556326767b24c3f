package org.jarvis.api.persistence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event to be kept; its number is given when it is.
 *
 * @param at when it happened
 * @param type its type
 * @param subject the address of the resource it is about, {@code null} when about none
 * @param summary one sentence for people
 * @param data its payload as a JSON object
 */
public record NewEvent(
    Instant at, String type, @Nullable String subject, String summary, String data) {}
