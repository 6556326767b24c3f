package org.jarvis.api.problem;

import java.time.Instant;
import org.jarvis.api.resource.ResourceRef;

/**
 * A node that a person works on: until the end, neither it nor what runs on it has new problems.
 *
 * @param node the node
 * @param by who said so
 * @param since from when
 * @param until when it ends by itself
 * @param reason why, as that person wrote it; empty where not said
 */
public record Maintenance(
    ResourceRef node, String by, Instant since, Instant until, String reason) {}
