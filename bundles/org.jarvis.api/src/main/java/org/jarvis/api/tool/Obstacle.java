package org.jarvis.api.tool;

import org.jarvis.api.error.ErrorCode;

/**
 * Why a tool makes no sense on its targets as they are.
 *
 * @param code what kind of reason
 * @param reason in words for people
 */
public record Obstacle(ErrorCode code, String reason) {}
