package org.jarvis.lab.sim;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a guest.
 *
 * @param name its name
 * @param at when it was taken
 * @param description what people wrote about it, may be empty
 * @param withMemory whether it holds the state of memory
 * @param parent the one before it, if any
 */
public record GuestSnapshot(
    String name, Instant at, String description, boolean withMemory, @Nullable String parent) {}
