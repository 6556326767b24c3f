package org.jarvis.core.host;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.Event.HostChanged.News;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostAttachment;
import org.jarvis.api.host.HostConnection;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostKeys;
import org.jarvis.api.host.HostRegistry;
import org.jarvis.api.host.HostState;
import org.jarvis.api.host.HostState.Status;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.core.ServiceSlot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts that connectors announced, how they stand with them, and the keys that people accepted.
 * What runs commands on them goes to {@link HostConnections}, which only the gate and terminals
 * hold. A host that nobody speaks for any more stays listed with the reason, until its
 * configuration goes or is taken up without it.
 */
public final class KnownHosts implements HostRegistry, Hosts, HostKeys, HealthContributor {
  private static final Logger LOG = LoggerFactory.getLogger(KnownHosts.class);
  private static final String AWAY =
      "No connector speaks for this host any more: start the bundle org.jarvis.connector.ssh, or"
          + " see that its configuration still names the host.";

  private final Clock clock;
  private final HostConnections connections;
  private final BiConsumer<ResourceRef, AspectState> details;
  private final Consumer<Event> events;
  private final AcceptedKeys keys;
  private final Map<HostId, Tracked> tracked = new TreeMap<>();
  private volatile List<Host> hosts = List.of();

  /**
   * No host yet.
   *
   * @param connections takes what the connectors hand over
   * @param settings keeps the accepted keys
   * @param audit notes who accepted them
   * @param details takes what hosts tell of their places
   * @param events takes what happened; must return at once
   */
  public KnownHosts(
      Clock clock,
      HostConnections connections,
      ServiceSlot<SettingStore> settings,
      ServiceSlot<AuditLog> audit,
      BiConsumer<ResourceRef, AspectState> details,
      Consumer<Event> events) {
    this.clock = clock;
    this.connections = connections;
    this.details = details;
    this.events = events;
    this.keys = new AcceptedKeys(clock, settings, audit);
  }

  /** The store that keeps the accepted keys has come, or may answer by now. May block. */
  public void synchronise() {
    keys.synchronise();
  }

  @Override
  public HostAttachment attach(HostConnection connection) {
    Line line = new Line(connection);
    synchronized (tracked) {
      Tracked known = tracked.get(connection.id());
      if (known != null && known.line != null) {
        throw new JarvisException(
            ErrorCode.CONFLICT,
            "Two configurations name a host "
                + connection.id()
                + ": "
                + known.connection.configuration()
                + " and "
                + connection.configuration()
                + ". Give one of them another name.");
      }
      forgetUnattached(connection.configuration());
      tracked.put(
          connection.id(),
          new Tracked(connection, line, new HostState(Status.IDLE, null, null, clock.instant())));
      connections.put(connection);
      publish();
    }
    return line;
  }

  /**
   * A configuration was deleted. A host that is attached stays: its connector tells by itself.
   *
   * @param configuration its PID, as in {@link HostConnection#configuration()}
   */
  public void configurationDeleted(String configuration) {
    synchronized (tracked) {
      forgetUnattached(configuration);
      publish();
    }
  }

  /** What this configuration spoke for and no connector does is not shown any more. */
  private void forgetUnattached(String configuration) {
    tracked
        .values()
        .removeIf(
            known -> known.line == null && known.connection.configuration().equals(configuration));
  }

  private void publish() {
    hosts = tracked.values().stream().map(Tracked::host).toList();
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
        .filter(host -> host.id().name().equals(word) || host.id().toString().equals(word))
        .toList();
  }

  @Override
  public Optional<Host> of(ResourceRef place) {
    return switch (place.kind()) {
      // Several may stand beside a cluster, and none of them is the cluster.
      case CLUSTER, STORAGE -> Optional.empty();
      case NODE, GUEST ->
          hosts.stream()
              .filter(host -> host.place().equals(place))
              .min(Comparator.comparing((Host host) -> !isNamedAs(host, place)));
    };
  }

  private static boolean isNamedAs(Host host, ResourceRef place) {
    return place.nodeName().filter(node -> node.value().equals(host.id().name())).isPresent();
  }

  @Override
  public void accept(HostId host, String fingerprint, Principal person) {
    requirePerson(person, "accept a host's key");
    Tracked known = require(host);
    if (!fingerprint.equals(known.offered())) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "The host "
              + host
              + (known.offered() == null
                  ? " has not offered any key yet."
                  : " offers the key " + known.offered() + ", not the one that was shown.")
              + " Look at its fingerprint again.");
    }
    if (!fingerprint.equals(known.asked)) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "The configuration "
              + known.connection.configuration()
              + " pins the keys of the host "
              + host
              + ", and a pin counts alone. Put the new key into it.");
    }
    keys.change(host, fingerprint, person, () -> keyAccepted(host));
    LOG.warn("{} accepted the key {} of host {}", person.name(), fingerprint, host);
    tell(known, News.KEY_ACCEPTED, fingerprint, "by " + person.name() + ".");
  }

  /** Until the connector tries again, nothing is known to be wrong any more. */
  private void keyAccepted(HostId host) {
    synchronized (tracked) {
      Tracked known = tracked.get(host);
      if (known != null && isAboutKey(known.state.status()) && known.line != null) {
        known.state = new HostState(Status.IDLE, null, known.offered(), clock.instant());
        publish();
      }
    }
  }

  @Override
  public void forget(HostId host, Principal person) {
    requirePerson(person, "take back the acceptance of a host's key");
    Tracked known = require(host);
    String accepted = keys.accepted(host).orElse(null);
    keys.change(host, null, person, () -> {});
    LOG.warn("{} took back the acceptance of the key of host {}", person.name(), host);
    tell(known, News.KEY_FORGOTTEN, accepted, "by " + person.name() + ".");
  }

  private static void requirePerson(Principal principal, String what) {
    if (!principal.isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person signed in with a browser can " + what + ". No token can.");
    }
  }

  private Tracked require(HostId host) {
    synchronized (tracked) {
      Tracked known = tracked.get(host);
      if (known == null) {
        throw new JarvisException(
            ErrorCode.NOT_FOUND, "There is no host " + host + ". GET /api/hosts lists them.");
      }
      return known;
    }
  }

  private void tell(Tracked known, News news, @Nullable String fingerprint, String detail) {
    HostConnection connection = known.connection;
    events.accept(
        new Event.HostChanged(news, connection.id(), connection.place(), fingerprint, detail));
  }

  @Override
  public ComponentHealth health() {
    Optional<String> trouble = keys.trouble();
    if (trouble.isPresent()) {
      return new ComponentHealth("hosts", ComponentHealth.Status.DEGRADED, trouble.get());
    }
    List<Host> now = hosts;
    List<Host> waiting = now.stream().filter(host -> needsSomebody(host.state().status())).toList();
    long silent = count(now, status -> status == Status.UNREACHABLE);
    String others = silent == 0 ? "" : " " + silent + " cannot be reached at present.";
    if (waiting.isEmpty()) {
      return new ComponentHealth(
          "hosts",
          ComponentHealth.Status.UP,
          (now.isEmpty() ? "None is configured." : now.size() + " known.") + others);
    }
    // Anybody may read this, so it names none of them.
    String how =
        waiting.stream()
            .collect(
                Collectors.groupingBy(
                    host -> host.state().status().word(), TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return new ComponentHealth(
        "hosts",
        ComponentHealth.Status.DEGRADED,
        waiting.size()
            + " of "
            + now.size()
            + " need a person: "
            + how
            + ". The settings list them with the reason and the cure."
            + others);
  }

  private static long count(List<Host> hosts, Predicate<Status> meant) {
    return hosts.stream().map(host -> host.state().status()).filter(meant).count();
  }

  private static boolean needsSomebody(Status status) {
    return switch (status) {
      case KEY_UNKNOWN, KEY_CHANGED, LOGIN_REFUSED, MISCONFIGURED -> true;
      case IDLE, CONNECTED, UNREACHABLE -> false;
    };
  }

  private static boolean isAboutKey(Status status) {
    return status == Status.KEY_UNKNOWN || status == Status.KEY_CHANGED;
  }

  /** What is held of one host. Guarded by the map's lock. */
  private static final class Tracked {
    private final HostConnection connection;
    private @Nullable Line line;
    private volatile HostState state;
    private volatile @Nullable String lastOffered;

    /** The last that nothing but a person's word decides on: no configuration pins the host's. */
    private volatile @Nullable String asked;

    /** The trouble that was last told of, {@code null} while there is none. */
    private @Nullable Told told;

    Tracked(HostConnection connection, Line line, HostState state) {
      this.connection = connection;
      this.line = line;
      this.state = state;
    }

    @Nullable String offered() {
      return lastOffered == null ? state.offered() : lastOffered;
    }

    Host host() {
      return new Host(
          connection.id(),
          connection.place(),
          connection.address(),
          connection.port(),
          connection.user(),
          connection.sudo(),
          new HostState(state.status(), state.reason(), offered(), state.since()));
    }
  }

  private record Told(News news, @Nullable String fingerprint) {}

  /** A connector's line to us. */
  private final class Line implements HostAttachment {
    private final HostConnection connection;

    Line(HostConnection connection) {
      this.connection = connection;
    }

    @Override
    public void state(HostState state) {
      synchronized (tracked) {
        Tracked known = mine();
        if (known == null) {
          return;
        }
        known.state = state;
        if (state.offered() != null) {
          known.lastOffered = state.offered();
        }
        publish();
        announce(known);
      }
      HostlessDetails.failure(state).ifPresent(this::withoutAnswer);
    }

    private void withoutAnswer(AspectState failure) {
      details.accept(connection.place(), failure);
    }

    /** Each trouble once, and that it is over once a connection stands. */
    private void announce(Tracked known) {
      HostState state = known.state;
      String fingerprint = isAboutKey(state.status()) ? known.offered() : null;
      Told now = news(state.status()).map(news -> new Told(news, fingerprint)).orElse(null);
      if (now == null || now.equals(known.told)) {
        return;
      }
      if (now.news() == News.CONNECTED) {
        if (known.told != null) {
          tell(known, News.CONNECTED, null, "");
        }
        known.told = null;
      } else {
        tell(known, now.news(), fingerprint, state.reason() == null ? "" : state.reason());
        known.told = now;
      }
    }

    @Override
    public KeyVerdict offered(String algorithm, String fingerprint) {
      synchronized (tracked) {
        Tracked known = mine();
        if (known == null) {
          return KeyVerdict.UNKNOWN;
        }
        known.lastOffered = fingerprint;
        known.asked = fingerprint;
        publish();
      }
      return keys.verdict(connection.id(), fingerprint);
    }

    @Override
    public void detailed(AspectState state) {
      synchronized (tracked) {
        if (mine() == null) {
          return;
        }
      }
      details.accept(connection.place(), state);
    }

    @Override
    public void detach() {
      HostState away = new HostState(Status.UNREACHABLE, AWAY, null, clock.instant());
      synchronized (tracked) {
        Tracked known = mine();
        if (known == null) {
          return;
        }
        connections.remove(connection);
        known.state = away;
        known.line = null;
        publish();
      }
      HostlessDetails.failure(away).ifPresent(this::withoutAnswer);
    }

    private @Nullable Tracked mine() {
      Tracked known = tracked.get(connection.id());
      return known == null || known.line != this ? null : known;
    }
  }

  /** What is to be told of a state; empty for one that says nothing by itself. */
  private static Optional<News> news(Status status) {
    return switch (status) {
      case IDLE -> Optional.empty();
      case CONNECTED -> Optional.of(News.CONNECTED);
      case KEY_UNKNOWN -> Optional.of(News.KEY_UNKNOWN);
      case KEY_CHANGED -> Optional.of(News.KEY_CHANGED);
      case LOGIN_REFUSED -> Optional.of(News.LOGIN_REFUSED);
      case UNREACHABLE -> Optional.of(News.UNREACHABLE);
      case MISCONFIGURED -> Optional.of(News.MISCONFIGURED);
    };
  }
}
