package org.jarvis.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostKeys;
import org.jarvis.api.host.HostState;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;

/** One host whose key nobody accepted; it notes what people say of it. */
public final class FakeHosts implements Hosts, HostKeys {
  public static final HostId ID = new HostId(Home.ID, "pve1");
  public static final String FINGERPRINT = "SHA256:b9f0c1";

  public final List<String> decisions = new ArrayList<>();

  @Override
  public List<Host> all() {
    return List.of(
        new Host(
            ID,
            ResourceRef.node(Home.ID, new NodeName("pve1")),
            "192.168.1.10",
            22,
            "jarvis",
            true,
            new HostState(
                HostState.Status.KEY_UNKNOWN,
                "Compare the fingerprint and accept it.",
                FINGERPRINT,
                Instant.parse("2026-03-01T12:00:00Z"))));
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

  @Override
  public void accept(HostId host, String fingerprint, Principal person) {
    require(host);
    if (!fingerprint.equals(FINGERPRINT)) {
      throw new JarvisException(ErrorCode.CONFLICT, "It offers another key.");
    }
    decisions.add("accept " + host + " " + fingerprint + " by " + person.name());
  }

  @Override
  public void forget(HostId host, Principal person) {
    require(host);
    decisions.add("forget " + host + " by " + person.name());
  }

  private void require(HostId host) {
    if (find(host).isEmpty()) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is no such host.");
    }
  }
}
