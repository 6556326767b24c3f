package org.jarvis.api.connector;

import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * Where a guest is moved to, and how.
 *
 * @param target the node that takes it
 * @param online whether a running guest goes on running; containers are restarted instead
 * @param withLocalDisks whether disks that only its node sees are copied, too
 * @param targetStorage where such disks go, {@code null} for storages of the same name
 */
public record Migration(
    NodeName target, boolean online, boolean withLocalDisks, @Nullable String targetStorage) {}
