package org.jarvis.api.persistence;

import java.time.Instant;

/**
 * What goes into the audit log. Never holds a secret.
 *
 * @param at when it happened
 * @param actor who did it: an account's name, or a part of Jarvis
 * @param origin by which way, and from which address where there is one
 * @param activity what was done, such as {@code action.requested} or {@code login.failed}
 * @param subject what it was done to: an action's id, an account's name
 * @param detail further facts as a JSON object
 */
public record AuditEntry(
    Instant at, String actor, String origin, String activity, String subject, String detail) {}
