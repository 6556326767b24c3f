package org.jarvis.lab.sim;

import java.time.Instant;

/**
 * A line of a node's journal.
 *
 * @param at when
 * @param identifier which program wrote it
 * @param pid of that program, 0 for the kernel
 * @param message what
 */
public record JournalEntry(Instant at, String identifier, int pid, String message) {}
