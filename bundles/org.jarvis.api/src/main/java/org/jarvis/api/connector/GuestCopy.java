package org.jarvis.api.connector;

import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a guest to be made.
 *
 * @param id its number, not in use
 * @param name its name, {@code null} for one made of the original's
 * @param target the node that it is made on, {@code null} for the original's
 * @param complete whether the disks are copied; otherwise they share those of a template
 * @param storage where copied disks go, {@code null} for where the original's are
 * @param snapshot of which snapshot, {@code null} for the present state
 */
public record GuestCopy(
    GuestId id,
    @Nullable String name,
    @Nullable NodeName target,
    boolean complete,
    @Nullable String storage,
    @Nullable String snapshot) {}
