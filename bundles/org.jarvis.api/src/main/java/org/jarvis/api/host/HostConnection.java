package org.jarvis.api.host;

import org.jarvis.api.resource.ResourceRef;

/**
 * A host, as a connector announces it.
 *
 * @param id its name
 * @param configuration the PID of the configuration that names it
 * @param place the resource that a command on it is judged by, as in {@link Host#place()}
 * @param address where it is reached, without port
 * @param port its port
 * @param user the account that the connector uses
 * @param sudo whether that account gets root's rights through {@code sudo -n}
 * @param operations runs things on it; never published as a service
 */
public record HostConnection(
    HostId id,
    String configuration,
    ResourceRef place,
    String address,
    int port,
    String user,
    boolean sudo,
    HostOperations operations) {}
