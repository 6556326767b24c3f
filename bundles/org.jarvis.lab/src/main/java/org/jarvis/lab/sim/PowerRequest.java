package org.jarvis.lab.sim;

import java.time.Duration;
import java.util.Optional;

/**
 * A request to change a guest's power.
 *
 * @param kind as the path says
 * @param node as the path says
 * @param vmid the guest
 * @param operation what to do
 * @param timeout how long a shutdown may take, where the caller said so
 * @param forceStop whether a shutdown that takes longer becomes a stop
 */
public record PowerRequest(
    GuestKind kind,
    String node,
    int vmid,
    PowerOperation operation,
    Optional<Duration> timeout,
    boolean forceStop) {}
