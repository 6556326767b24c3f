package org.jarvis.safety;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostState;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.resource.ResourceRef;

/** Hosts that a test names. */
final class FakeHosts implements Hosts {
  private final List<Host> hosts;

  FakeHosts(Host... hosts) {
    this.hosts = List.of(hosts);
  }

  static Host host(String name, ResourceRef place, String address, boolean sudo) {
    return new Host(
        new HostId(Home.ID, name),
        place,
        address,
        22,
        "jarvis",
        sudo,
        new HostState(HostState.Status.CONNECTED, null, null, Instant.EPOCH));
  }

  @Override
  public List<Host> all() {
    return hosts;
  }

  @Override
  public Optional<Host> find(HostId id) {
    return hosts.stream().filter(host -> host.id().equals(id)).findFirst();
  }

  @Override
  public List<Host> named(String word) {
    return hosts.stream()
        .filter(host -> word.equals(host.id().name()) || word.equals(host.id().toString()))
        .toList();
  }

  @Override
  public Optional<Host> of(ResourceRef place) {
    return hosts.stream().filter(host -> host.place().equals(place)).findFirst();
  }
}
