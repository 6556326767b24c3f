package org.jarvis.api.host;

import org.jarvis.api.resource.ResourceRef;

/**
 * A host, as it stands.
 *
 * @param id its name
 * @param place the resource that a command on it is judged by: its node, the guest that it is, or
 *     the cluster that it stands beside
 * @param address where it is reached, without port
 * @param port its port
 * @param user the account that Jarvis uses there
 * @param sudo whether that account gets root's rights through {@code sudo -n}
 * @param state how the connector stands with it
 */
public record Host(
    HostId id,
    ResourceRef place,
    String address,
    int port,
    String user,
    boolean sudo,
    HostState state) {}
