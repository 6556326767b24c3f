package org.jarvis.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostState;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.console.Parts;
import org.junit.jupiter.api.Test;

class HostsReportTest {
  private static final ClusterId HOME = new ClusterId("home");

  private final List<Host> hosts = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  private void write() {
    Parts parts = new Parts();
    parts
        .hosts()
        .add(
            new Hosts() {
              @Override
              public List<Host> all() {
                return hosts;
              }

              @Override
              public Optional<Host> find(HostId id) {
                return Optional.empty();
              }

              @Override
              public List<Host> named(String word) {
                return List.of();
              }

              @Override
              public Optional<Host> of(ResourceRef place) {
                return Optional.empty();
              }
            });
    new HostsReport(parts).write(lines::add);
  }

  private void add(String name, HostState.Status status, String reason, String fingerprint) {
    hosts.add(
        new Host(
            new HostId(HOME, name),
            ResourceRef.node(HOME, new NodeName(name)),
            "192.0.2.1",
            22,
            "jarvis",
            true,
            new HostState(status, reason, fingerprint, Instant.EPOCH)));
  }

  @Test
  void showsTheFingerprintsToCompareAndWhereTheyAreAccepted() {
    add("pve1", HostState.Status.CONNECTED, null, "SHA256:abc");
    add("pve10", HostState.Status.KEY_UNKNOWN, "Accept \u001b[31mit.", "SHA256:xyz");

    write();

    assertThat(lines)
        .containsExactly(
            "home/pve1   connected      jarvis@192.0.2.1 port 22",
            "    SHA256:abc",
            "home/pve10  key-unknown    jarvis@192.0.2.1 port 22",
            "    SHA256:xyz",
            "    Accept it.",
            "",
            "A person accepts a host's key in the browser: settings, hosts.");
  }

  @Test
  void saysHowToConfigureTheFirst() {
    write();

    assertThat(lines).singleElement().asString().contains("etc/org.jarvis.connector.ssh-");
  }
}
