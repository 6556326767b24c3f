package org.jarvis.connector.ssh;

import java.util.Set;
import org.jarvis.api.host.HostId;
import org.jarvis.api.resource.ResourceRef;

/**
 * One host, with all that is needed to reach it.
 *
 * @param id its name
 * @param configuration the PID of the configuration that names it
 * @param source the file of that, as its operator knows it
 * @param place what a command on it is judged by
 * @param address where it is reached, without port
 * @param port its port
 * @param account who Jarvis is there
 * @param pins the fingerprints that its key may have; empty where a person decides
 * @param limits how much is asked of it
 */
record HostSettings(
    HostId id,
    String configuration,
    String source,
    ResourceRef place,
    String address,
    int port,
    Account account,
    Set<String> pins,
    Limits limits) {
  HostSettings {
    pins = Set.copyOf(pins);
  }
}
