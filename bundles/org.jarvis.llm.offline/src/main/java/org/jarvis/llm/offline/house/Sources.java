package org.jarvis.llm.offline.house;

import org.jarvis.api.action.ActionGate;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.safety.Aliases;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.OwnPlace;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.safety.ProtectionLedger;
import org.jspecify.annotations.Nullable;

/**
 * Where answers come from, as far as it is there at the moment. All of it is only read; an
 * architecture test holds this bundle to that.
 *
 * @param live what the clusters are like now
 * @param problems what is wrong
 * @param actions what was asked of the gate
 * @param events what happened
 * @param metrics the course of figures
 * @param audit who did what
 * @param guardrails whether Jarvis is halted, and how far it may go
 * @param protection whether something is protected
 * @param ledger all that is protected
 * @param place where Jarvis itself runs
 * @param aliases what people call guests and nodes beside their names
 */
public record Sources(
    @Nullable LiveState live,
    @Nullable Problems problems,
    @Nullable ActionGate actions,
    @Nullable EventStream events,
    @Nullable MetricStore metrics,
    @Nullable AuditLog audit,
    @Nullable GuardrailSettings guardrails,
    @Nullable ProtectedResources protection,
    @Nullable ProtectionLedger ledger,
    @Nullable OwnPlace place,
    @Nullable Aliases aliases) {}
