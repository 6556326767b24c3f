package org.jarvis.core.terminal;

import org.jarvis.api.host.Host;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * Where a terminal leads.
 *
 * @param host the host that it is opened on
 * @param resource what it is opened for: the host's place, or a guest that is entered through it
 * @param name the resource's name
 * @param title how people call where it leads
 * @param program the canonical line of what runs in it; {@code null} for the login shell
 * @param hint what a person should know of it; {@code null} where that is nothing
 */
record Destination(
    Host host,
    ResourceRef resource,
    String name,
    String title,
    @Nullable String program,
    @Nullable String hint) {}
