package org.jarvis.connector.ssh;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostId;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * Turns a configuration into valid settings, or says which file, which key and what is expected.
 */
final class SettingsReader {
  static final String CLUSTER = "cluster";
  static final String NAME = "name";
  static final String ADDRESS = "address";
  static final String ADDRESS_OF = "address.";
  static final String PORT = "port";
  static final String USER = "user";
  static final String KEY = "key";
  static final String PASSPHRASE = "passphrase";
  static final String SUDO = "sudo";
  static final String GUEST = "guest";
  static final String HOST_KEYS = "host-keys";
  static final String CONNECTIONS = "connections";
  static final String TERMINALS = "terminals";
  static final String CONNECT_SECONDS = "connect.seconds";
  static final String IDLE_SECONDS = "idle.seconds";

  private static final int USUAL_PORT = 22;
  private static final int LONGEST_IDLE = 86_400;
  // What useradd allows, and capitals; so no option, no path, no control character.
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");
  private static final Pattern PIN =
      Pattern.compile("(?:([A-Za-z0-9-]{1,63})[\\s=]+)?(SHA256:[A-Za-z0-9+/]{43})=?");

  private final ConfigurationText text;

  private SettingsReader(Map<String, ?> properties) {
    this.text = new ConfigurationText(properties);
  }

  /**
   * Reads how the nodes of a cluster are reached.
   *
   * @throws JarvisException with code {@code MISCONFIGURED}
   */
  static NodesSettings nodes(Map<String, ?> properties) {
    return new SettingsReader(properties).nodes();
  }

  /**
   * Reads a further host.
   *
   * @throws JarvisException with code {@code MISCONFIGURED}
   */
  static HostSettings furtherHost(Map<String, ?> properties) {
    return new SettingsReader(properties).furtherHost();
  }

  private NodesSettings nodes() {
    Map<@Nullable NodeName, Set<String>> pins = pins(true);
    Set<String> pinsOfAll = pins.getOrDefault(null, Set.of());
    Map<NodeName, Set<String>> pinsOf = new HashMap<>();
    pins.forEach(
        (node, allowed) -> {
          if (node != null) {
            pinsOf.put(node, allowed);
          }
        });
    return new NodesSettings(
        cluster(),
        text.pid(),
        text.source(),
        port(),
        account(),
        addresses(),
        pinsOf,
        pinsOfAll,
        limits());
  }

  private HostSettings furtherHost() {
    ClusterId cluster = cluster();
    HostAddress address =
        HostAddress.parse(text.text(ADDRESS))
            .orElseThrow(() -> text.wrong(ADDRESS, "the host's name or IP address"));
    if (address.port() != null && !text.text(PORT).isEmpty()) {
      throw text.wrong(PORT, "to be empty, or " + ADDRESS + " to have no port: one says it");
    }
    Integer ownPort = address.port();
    return new HostSettings(
        name(cluster),
        text.pid(),
        text.source(),
        place(cluster),
        address.host(),
        ownPort == null ? port() : ownPort,
        account(),
        pins(false).getOrDefault(null, Set.of()),
        limits());
  }

  private ClusterId cluster() {
    try {
      return new ClusterId(text.text(CLUSTER));
    } catch (IllegalArgumentException invalid) {
      throw text.wrong(
          CLUSTER, "the name of a cluster, as the key name of its own file has it, such as home");
    }
  }

  private HostId name(ClusterId cluster) {
    try {
      return new HostId(cluster, text.text(NAME));
    } catch (IllegalArgumentException invalid) {
      throw text.wrong(
          NAME,
          "a short name for the host: letters, digits, dots and hyphens, a letter or digit first,"
              + " such as docker");
    }
  }

  private ResourceRef place(ClusterId cluster) {
    String guest = text.text(GUEST);
    if (guest.isEmpty()) {
      return ResourceRef.cluster(cluster);
    }
    try {
      return ResourceRef.guest(cluster, new GuestId(Integer.parseInt(guest)));
    } catch (IllegalArgumentException invalid) {
      throw text.wrong(GUEST, "the number of the guest that the host is, such as 101");
    }
  }

  private int port() {
    return text.number(PORT, USUAL_PORT, 1, 65_535);
  }

  private Account account() {
    String user = text.text(USER);
    if (!ACCOUNT.matcher(user).matches()) {
      throw text.wrong(USER, "the name of an account on the host, such as jarvis");
    }
    String passphrase = text.text(PASSPHRASE);
    return new Account(
        user, key(), passphrase.isEmpty() ? null : Secret.of(passphrase), text.flag(SUDO));
  }

  private Path key() {
    try {
      Path key = Path.of(text.text(KEY));
      if (key.isAbsolute()) {
        return key;
      }
    } catch (InvalidPathException invalid) {
      // Said below.
    }
    throw text.wrong(KEY, "the absolute path of a private key, such as /etc/jarvis/ssh/id_ed25519");
  }

  private Map<NodeName, HostAddress> addresses() {
    Map<NodeName, HostAddress> addresses = new HashMap<>();
    for (String key : text.keys(ADDRESS_OF)) {
      try {
        NodeName node = new NodeName(key.substring(ADDRESS_OF.length()));
        addresses.put(
            node,
            HostAddress.parse(text.text(key))
                .orElseThrow(
                    () ->
                        text.wrong(
                            key, "a name or IP address, and maybe a port, such as 10.0.0.5:22")));
      } catch (IllegalArgumentException noNode) {
        throw text.wrong(key, "the name of a node after " + ADDRESS_OF);
      }
    }
    return addresses;
  }

  /** The pins by node; under {@code null} those without a node. */
  private Map<@Nullable NodeName, Set<String>> pins(boolean ofNodes) {
    Map<@Nullable NodeName, Set<String>> pins = new HashMap<>();
    for (String entry : text.list(HOST_KEYS)) {
      Matcher matcher = PIN.matcher(entry);
      if (!matcher.matches() || (!ofNodes && matcher.group(1) != null)) {
        throw wrongPin(ofNodes);
      }
      try {
        NodeName node = matcher.group(1) == null ? null : new NodeName(matcher.group(1));
        pins.computeIfAbsent(node, any -> new LinkedHashSet<>()).add(matcher.group(2));
      } catch (IllegalArgumentException noNode) {
        throw wrongPin(ofNodes);
      }
    }
    return pins;
  }

  private JarvisException wrongPin(boolean ofNodes) {
    return text.wrong(
        HOST_KEYS,
        "fingerprints as ssh-keygen -l prints them, separated by commas"
            + (ofNodes
                ? ", each after the node that has it, such as pve1 SHA256:…"
                : ": SHA256:…"));
  }

  private Limits limits() {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        text.number(CONNECTIONS, usual.connections(), 1, 32),
        text.number(TERMINALS, usual.terminals(), 1, 32),
        Duration.ofSeconds(
            text.number(CONNECT_SECONDS, (int) usual.connectTime().toSeconds(), 1, 120)),
        Duration.ofSeconds(
            text.number(IDLE_SECONDS, (int) usual.idleTime().toSeconds(), 10, LONGEST_IDLE)));
  }
}
