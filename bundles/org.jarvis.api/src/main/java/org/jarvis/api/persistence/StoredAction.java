package org.jarvis.api.persistence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action as it is kept.
 *
 * @param id its id
 * @param revision counts its steps, from 1
 * @param state its state's name
 * @param approvalId the id of its approval, {@code null} when it has none
 * @param requestedAt when it was asked for
 * @param document the whole action as JSON
 */
public record StoredAction(
    String id,
    long revision,
    String state,
    @Nullable String approvalId,
    Instant requestedAt,
    String document) {}
