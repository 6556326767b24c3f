package org.jarvis.api.connector;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot to be taken.
 *
 * @param name a letter, then letters, digits, hyphens and underscores; at most 40
 * @param description for people
 * @param withMemory whether the memory of a running VM is kept, too
 */
public record NewSnapshot(String name, @Nullable String description, boolean withMemory) {}
