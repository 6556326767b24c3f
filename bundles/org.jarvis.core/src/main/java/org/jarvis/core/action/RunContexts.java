package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.safety.Consent;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.host.HostConnections;
import org.jarvis.core.state.Connections;

/**
 * Makes what one run of a tool gets to work with, narrowed to what was decided.
 *
 * @param clock tells how much time a run has left
 * @param restraint asked before each step that changes something
 * @param states the live state
 * @param connections what the connectors handed over for clusters
 * @param hosts what they handed over for hosts
 * @param analyst tells what commands mean
 */
record RunContexts(
    Clock clock,
    Restraint restraint,
    LiveState states,
    Connections connections,
    HostConnections hosts,
    ServiceSlot<CommandAnalyst> analyst) {

  RunContext of(Prepared prepared, TaskFollower follower) {
    Instant end = clock.instant().plus(prepared.tool().definition().timeLimit());
    ScopedOperations.Objection objection =
        () -> restraint.objection(prepared.request().principal(), prepared.request().origin());
    return new RunContext(
        prepared.request(),
        prepared.targets(),
        prepared.use().effect(),
        objection,
        states,
        connections,
        new ScopedHosts(
            hosts,
            analyst,
            new DecidedCommands(
                prepared.targets(),
                prepared.use().effect(),
                prepared.use().tier(),
                prepared.use().consent() != Consent.NONE),
            objection,
            () -> Duration.between(clock.instant(), end)),
        follower);
  }
}
