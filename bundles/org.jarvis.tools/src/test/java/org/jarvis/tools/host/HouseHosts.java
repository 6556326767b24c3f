package org.jarvis.tools.host;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostState;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceRef;

/** A host for each node of a live state, and what a test adds. */
public final class HouseHosts implements Hosts {
  public final List<Host> others = new ArrayList<>();
  private final LiveState state;

  public HouseHosts(LiveState state) {
    this.state = state;
  }

  /** Commands on such hosts, understood by the house's analyst. */
  public static Commands commands(LiveState state) {
    return new Commands(new HouseHosts(state), () -> Optional.of(new HouseAnalyst()));
  }

  public static Host host(HostId id, ResourceRef place, HostState.Status status) {
    return new Host(
        id,
        place,
        "192.0.2.1",
        22,
        "jarvis",
        true,
        new HostState(status, null, null, Instant.EPOCH));
  }

  @Override
  public List<Host> all() {
    List<Host> all = new ArrayList<>(others);
    state.clusters().stream()
        .flatMap(cluster -> cluster.nodes().values().stream())
        .map(
            node ->
                host(new HostId(node.cluster(), node.name()), node.ref(), HostState.Status.IDLE))
        .sorted((one, other) -> one.id().compareTo(other.id()))
        .forEach(all::add);
    return all;
  }

  @Override
  public Optional<Host> find(HostId id) {
    return all().stream().filter(host -> host.id().equals(id)).findFirst();
  }

  @Override
  public List<Host> named(String word) {
    return all().stream().filter(host -> host.id().name().equals(word)).toList();
  }

  @Override
  public Optional<Host> of(ResourceRef place) {
    return all().stream().filter(host -> host.place().equals(place)).findFirst();
  }
}
