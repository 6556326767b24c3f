package org.jarvis.api.action;

import org.jspecify.annotations.Nullable;

/**
 * A person's answer to a request for approval.
 *
 * @param approve yes or no
 * @param typed the target's name, where it has to be typed
 * @param fingerprint the fingerprint that the person was shown, {@code null} when the client sent
 *     none
 */
public record ApprovalAnswer(
    boolean approve, @Nullable String typed, @Nullable String fingerprint) {}
