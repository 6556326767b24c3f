package org.jarvis.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.Event.AttributeChanged;
import org.jarvis.api.event.Event.AttributeChanged.Attribute;
import org.jarvis.api.event.Event.PartChanged;
import org.jarvis.api.event.Event.PartChanged.Part;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.resource.detail.NodeDisks;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.core.state.SnapshotDiff.Altered;
import org.jarvis.core.state.SnapshotDiff.Appeared;
import org.jarvis.core.state.SnapshotDiff.Change;
import org.jarvis.core.state.SnapshotDiff.DetailAltered;
import org.jarvis.core.state.SnapshotDiff.Renewed;
import org.jarvis.core.state.SnapshotDiff.Vanished;
import org.jspecify.annotations.Nullable;

/** Makes events of the changes that matter to people. What is known for the first time is none. */
final class ChangeEvents {
  private static final String ABSENT = "absent";
  private static final String STATUS = "status";

  /** Keys of a configuration that Proxmox VE itself moves, or of which there are other events. */
  private static final Set<String> NO_CONFIGURATION =
      Set.of("digest", "lock", "parent", "snaptime", "tags", "name", "hostname");

  /** What a service passes through on its way. */
  private static final Set<String> PASSING =
      Set.of("activating", "deactivating", "reloading", "start", "stop", "start-pre", "stop-post");

  private static final Map<String, Attribute> OF_GUEST =
      Map.of(
          "node", Attribute.NODE,
          "name", Attribute.NAME,
          "tags", Attribute.TAGS,
          "lock", Attribute.LOCK,
          "pool", Attribute.POOL,
          "haState", Attribute.HA_STATE);

  /** Longer than clocks are apart that somebody sets by hand, and forgets about summer time. */
  private static final Duration OLD_NEWS = Duration.ofMinutes(90);

  private final ClusterSnapshot before;
  private final ClusterSnapshot after;
  private final List<Event> events = new ArrayList<>();

  private ChangeEvents(ClusterSnapshot before, ClusterSnapshot after) {
    this.before = before;
    this.after = after;
  }

  /** What people should hear of these changes, in their order. */
  static List<Event> of(ClusterSnapshot before, ClusterSnapshot after, SnapshotDiff diff) {
    ChangeEvents made = new ChangeEvents(before, after);
    diff.changes().forEach(made::add);
    return made.events;
  }

  private void add(Change change) {
    if (change instanceof Appeared appeared) {
      status(appeared.resource(), ABSENT, appeared.resource().statusWord());
    } else if (change instanceof Vanished vanished) {
      status(vanished.resource(), vanished.resource().statusWord(), ABSENT);
    } else if (change instanceof Altered altered) {
      after.find(altered.ref()).ifPresent(now -> add(altered, now));
    } else if (change instanceof Renewed renewed) {
      add(renewed);
    } else if (change instanceof DetailAltered altered) {
      add(altered);
    }
  }

  private void status(Resource resource, String from, String to) {
    if (!from.equals(to)) {
      events.add(new Event.StatusChanged(resource.ref(), label(resource), from, to));
    }
  }

  private void add(Altered altered, Resource now) {
    if (now instanceof Cluster cluster) {
      add(altered, cluster);
    } else if (altered.field().equals(STATUS)) {
      before.find(altered.ref()).ifPresent(was -> status(now, was.statusWord(), now.statusWord()));
    } else if (now instanceof Guest guest) {
      Attribute attribute = OF_GUEST.get(altered.field());
      if (attribute != null) {
        events.add(
            new AttributeChanged(
                altered.ref(), guest.label(), attribute, text(altered.from()), text(altered.to())));
      }
    }
  }

  private void add(Altered altered, Cluster cluster) {
    if (altered.from() == null || altered.to() == null) {
      return;
    }
    if (altered.field().equals("quorate")) {
      events.add(
          new AttributeChanged(
              altered.ref(),
              cluster.id().value(),
              Attribute.QUORUM,
              yesNo(altered.from()),
              yesNo(altered.to())));
    } else if (altered.field().equals("version")) {
      events.add(
          new AttributeChanged(
              altered.ref(),
              "Cluster " + cluster.id(),
              Attribute.VERSION,
              text(altered.from()),
              text(altered.to())));
    }
  }

  private void add(Renewed renewed) {
    Guest guest = renewed.ref().guestId().map(after.guests()::get).orElse(null);
    if (guest != null && renewed.from() != null && renewed.to() != null) {
      events.add(
          new Event.GuestReplaced(renewed.ref(), guest.label(), renewed.from(), renewed.to()));
    }
  }

  private void add(DetailAltered altered) {
    if (isAnother(altered.ref())) {
      return;
    }
    switch (altered.aspect()) {
      case CONFIGURATION -> configuration(altered);
      case SNAPSHOTS -> snapshots(altered);
      case TASKS -> tasks(altered);
      case SERVICES ->
          parts(
              altered,
              Part.SERVICE,
              NodeServices.Service.class,
              "services",
              s -> s.name(),
              ChangeEvents::word);
      case DISKS ->
          parts(
              altered,
              Part.DISK,
              NodeDisks.Disk.class,
              "disks",
              disk -> disk.device(),
              disk -> disk.health());
      case ZFS ->
          parts(
              altered,
              Part.POOL,
              ZfsPools.Pool.class,
              "pools",
              pool -> pool.name(),
              pool -> pool.health());
      case REPLICATION ->
          parts(
              altered,
              Part.REPLICATION,
              ReplicationJobs.Job.class,
              "jobs",
              job -> job.id(),
              job -> job.error() == null ? "well" : "failing: " + job.error());
      case CEPH -> {
        if (altered.field().equals("health") && altered.from() != null && altered.to() != null) {
          events.add(
              new PartChanged(
                  altered.ref(), Part.CEPH, "", text(altered.from()), text(altered.to())));
        }
      }
      case CONNECTION,
          LOG,
          BACKUP_JOBS,
          HIGH_AVAILABILITY,
          PRIVILEGES,
          TEMPERATURES,
          SYSTEM,
          UPDATES,
          CERTIFICATES,
          RUNTIME,
          AGENT,
          CONTENT -> {
        // Their changes are shown where they are; what is a problem in them is a problem's matter.
      }
    }
  }

  private boolean isAnother(ResourceRef ref) {
    return ref.guestId()
        .map(id -> !Objects.equals(before.incarnations().get(id), after.incarnations().get(id)))
        .orElse(false);
  }

  /** A configuration was edited. Which keys have other values is told where that can be seen. */
  private void configuration(DetailAltered altered) {
    if (!altered.field().equals("digest")) {
      return;
    }
    Map<String, String> was = values(before, altered.ref());
    Map<String, String> is = values(after, altered.ref());
    Set<String> keys = new TreeSet<>(was.keySet());
    keys.addAll(is.keySet());
    keys.removeIf(key -> Objects.equals(was.get(key), is.get(key)));
    boolean moved = !keys.isEmpty();
    keys.removeAll(NO_CONFIGURATION);
    if (moved && keys.isEmpty()) {
      return;
    }
    List<String> earlier = keys.stream().filter(was::containsKey).toList();
    events.add(
        new AttributeChanged(
            altered.ref(),
            name(altered.ref()),
            Attribute.CONFIGURATION,
            String.join(", ", earlier),
            String.join(", ", keys)));
  }

  private static Map<String, String> values(ClusterSnapshot snapshot, ResourceRef ref) {
    return snapshot
        .details(ref)
        .find(GuestConfiguration.class)
        .map(GuestConfiguration::values)
        .orElse(Map.of());
  }

  private void snapshots(DetailAltered altered) {
    if (!altered.field().equals("snapshots")) {
      return;
    }
    Map<String, GuestSnapshots.Snapshot> was =
        keyed(altered.from(), GuestSnapshots.Snapshot.class, GuestSnapshots.Snapshot::name);
    Map<String, GuestSnapshots.Snapshot> is =
        keyed(altered.to(), GuestSnapshots.Snapshot.class, GuestSnapshots.Snapshot::name);
    String name = name(altered.ref());
    for (String snapshot : new TreeSet<>(is.keySet())) {
      if (!was.containsKey(snapshot)) {
        events.add(new Event.SnapshotChanged(altered.ref(), name, snapshot, true));
      }
    }
    for (String snapshot : new TreeSet<>(was.keySet())) {
      if (!is.containsKey(snapshot)) {
        events.add(new Event.SnapshotChanged(altered.ref(), name, snapshot, false));
      }
    }
  }

  /** Tasks that have ended since: backups, and what failed. */
  private void tasks(DetailAltered altered) {
    Set<String> ended = new HashSet<>();
    for (TaskState task : items(altered.from(), TaskState.class)) {
      if (task.ended()) {
        ended.add(task.id().value());
      }
    }
    items(altered.to(), TaskState.class).stream()
        .filter(task -> task.ended() && !ended.contains(task.id().value()))
        .filter(task -> !task.succeeded() || task.type().equals(Event.TaskEnded.BACKUP))
        .filter(this::isNews)
        .sorted(Comparator.comparing(TaskState::startedAt))
        .forEach(
            task -> {
              ResourceRef about = about(task);
              events.add(new Event.TaskEnded(about, name(about), task));
            });
  }

  /** A node that comes back brings its tasks of days ago back into the cluster's list. */
  private boolean isNews(TaskState task) {
    Instant endedAt = task.endedAt();
    return endedAt == null || endedAt.plus(OLD_NEWS).isAfter(before.cluster().observation().at());
  }

  private ResourceRef about(TaskState task) {
    try {
      GuestId id = new GuestId(Integer.parseInt(task.subject()));
      if (after.guests().containsKey(id) || before.guests().containsKey(id)) {
        return ResourceRef.guest(after.cluster().id(), id);
      }
    } catch (IllegalArgumentException noGuest) {
      // It is about something else, such as a service or a storage.
    }
    return ResourceRef.node(after.cluster().id(), task.id().node());
  }

  private <T> void parts(
      DetailAltered altered,
      Part part,
      Class<T> type,
      String field,
      Function<T, String> name,
      Function<T, @Nullable String> state) {
    if (!altered.field().equals(field)) {
      return;
    }
    Map<String, T> was = keyed(altered.from(), type, name);
    Map<String, T> is = keyed(altered.to(), type, name);
    for (String key : new TreeSet<>(is.keySet())) {
      T one = was.get(key);
      T other = is.get(key);
      if (one == null || other == null) {
        continue;
      }
      String from = state.apply(one);
      String to = state.apply(other);
      if (from != null && to != null && !from.equals(to) && !PASSING.contains(to)) {
        events.add(new PartChanged(altered.ref(), part, key, from, to));
      }
    }
  }

  private static @Nullable String word(NodeServices.Service service) {
    return service.activeState() == null ? service.state() : service.activeState();
  }

  private static <T> Map<String, T> keyed(
      @Nullable Object list, Class<T> type, Function<T, String> key) {
    Map<String, T> keyed = new HashMap<>();
    items(list, type).forEach(item -> keyed.put(key.apply(item), item));
    return keyed;
  }

  private static <T> List<T> items(@Nullable Object list, Class<T> type) {
    return list instanceof List<?> items
        ? items.stream().filter(type::isInstance).map(type::cast).toList()
        : List.of();
  }

  private String name(ResourceRef ref) {
    return after
        .find(ref)
        .or(() -> before.find(ref))
        .map(ChangeEvents::label)
        .orElseGet(() -> String.join(" ", ref.path()));
  }

  private static String label(Resource resource) {
    if (resource instanceof Guest guest) {
      return guest.label();
    }
    return resource instanceof Storage storage
        ? storage.name() + " on " + storage.node()
        : resource.name();
  }

  private static String yesNo(Object value) {
    return Boolean.TRUE.equals(value) ? "yes" : "no";
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof List<?> list
        ? String.join(", ", list.stream().map(String::valueOf).toList())
        : value.toString();
  }
}
