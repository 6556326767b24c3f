package org.jarvis.core.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.Details;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two snapshots of one cluster, by name. Figures and times of observation are
 * no changes. What both snapshots share as the same object is not looked at, so the cost is that of
 * what was read anew.
 *
 * @param changes the cluster's first, then those of nodes, guests and storages in their order, then
 *     those of details
 */
record SnapshotDiff(List<Change> changes) {

  /** One thing that changed. */
  sealed interface Change {
    /** The resource that it changed on. */
    ResourceRef ref();
  }

  /** A resource that was not there before. */
  record Appeared(Resource resource) implements Change {
    @Override
    public ResourceRef ref() {
      return resource.ref();
    }
  }

  /** A resource that is not there any more. */
  record Vanished(Resource resource) implements Change {
    @Override
    public ResourceRef ref() {
      return resource.ref();
    }
  }

  /** A field of a resource has another value. */
  record Altered(ResourceRef ref, String field, @Nullable Object from, @Nullable Object to)
      implements Change {}

  /** A field of a detail has another value. */
  record DetailAltered(
      ResourceRef ref, Aspect aspect, String field, @Nullable Object from, @Nullable Object to)
      implements Change {}

  /** An aspect is known for the first time, or nothing is known of it any more. */
  record DetailReplaced(
      ResourceRef ref, Aspect aspect, @Nullable AspectState from, @Nullable AspectState to)
      implements Change {}

  /** A guest is another one than before, or the first of its number. */
  record Renewed(ResourceRef ref, @Nullable Incarnation from, @Nullable Incarnation to)
      implements Change {}

  private static final String INCOMPLETE = "incomplete";
  private static final String FAILURE = "failure";

  /** Keeps the changes from changing. */
  SnapshotDiff {
    changes = List.copyOf(changes);
  }

  static SnapshotDiff between(ClusterSnapshot before, ClusterSnapshot after) {
    List<Change> changes = new ArrayList<>();
    alter(before.cluster(), after.cluster(), changes);
    compare(before.nodes(), after.nodes(), Comparator.<NodeName>naturalOrder(), changes);
    compare(before.guests(), after.guests(), Comparator.<GuestId>naturalOrder(), changes);
    compare(before.storages(), after.storages(), Comparator.<ResourceRef>naturalOrder(), changes);
    compareIncarnations(before, after, changes);
    compareDetails(before, after, changes);
    return new SnapshotDiff(changes);
  }

  private static <K, R extends Resource> void compare(
      Map<K, R> before, Map<K, R> after, Comparator<K> order, List<Change> changes) {
    if (before == after) {
      return;
    }
    List<K> touched = new ArrayList<>();
    int stayed = 0;
    for (Map.Entry<K, R> entry : after.entrySet()) {
      R was = before.get(entry.getKey());
      stayed += was == null ? 0 : 1;
      if (!RecordFields.same(was, entry.getValue())) {
        touched.add(entry.getKey());
      }
    }
    if (stayed < before.size()) {
      before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(touched::add);
    }
    touched.sort(order);
    for (K key : touched) {
      R was = before.get(key);
      R is = after.get(key);
      if (was == null && is != null) {
        changes.add(new Appeared(is));
      } else if (was != null && is == null) {
        changes.add(new Vanished(was));
      } else if (was != null && is != null) {
        alter(was, is, changes);
      }
    }
  }

  private static void alter(Resource was, Resource is, List<Change> changes) {
    if (was != is) {
      RecordFields.differences((Record) was, (Record) is)
          .forEach(
              field -> changes.add(new Altered(is.ref(), field.name(), field.from(), field.to())));
    }
  }

  private static void compareIncarnations(
      ClusterSnapshot before, ClusterSnapshot after, List<Change> changes) {
    if (before.incarnations() == after.incarnations()) {
      return;
    }
    for (GuestId id : touched(before.incarnations(), after.incarnations())) {
      changes.add(
          new Renewed(
              ResourceRef.guest(after.cluster().id(), id),
              before.incarnations().get(id),
              after.incarnations().get(id)));
    }
  }

  private static void compareDetails(
      ClusterSnapshot before, ClusterSnapshot after, List<Change> changes) {
    if (before.details() == after.details()) {
      return;
    }
    for (ResourceRef ref : touched(before.details(), after.details())) {
      Map<Aspect, AspectState> was = before.details(ref).all();
      Map<Aspect, AspectState> is = after.details(ref).all();
      for (Aspect aspect : Aspect.of(ref.kind())) {
        compareAspect(ref, aspect, was.get(aspect), is.get(aspect), changes);
      }
    }
  }

  private static void compareAspect(
      ResourceRef ref,
      Aspect aspect,
      @Nullable AspectState was,
      @Nullable AspectState is,
      List<Change> changes) {
    if (RecordFields.same(was, is)) {
      return;
    }
    if (was == null || is == null || (was.detail() == null) != (is.detail() == null)) {
      changes.add(new DetailReplaced(ref, aspect, was, is));
      return;
    }
    if (was.detail() != null && is.detail() != null && was.detail() != is.detail()) {
      RecordFields.differences((Record) was.detail(), (Record) is.detail())
          .forEach(
              field ->
                  changes.add(
                      new DetailAltered(ref, aspect, field.name(), field.from(), field.to())));
    }
    if (!Objects.equals(was.incomplete(), is.incomplete())) {
      changes.add(new DetailAltered(ref, aspect, INCOMPLETE, was.incomplete(), is.incomplete()));
    }
    if (!RecordFields.same(was.failure(), is.failure())) {
      changes.add(new DetailAltered(ref, aspect, FAILURE, was.failure(), is.failure()));
    }
  }

  /** The keys whose values are not equal, in order. */
  private static <K extends Comparable<? super K>, V> List<K> touched(
      Map<K, V> before, Map<K, V> after) {
    List<K> touched = new ArrayList<>();
    int stayed = 0;
    for (Map.Entry<K, V> entry : after.entrySet()) {
      V was = before.get(entry.getKey());
      stayed += was == null ? 0 : 1;
      if (was != entry.getValue() && !entry.getValue().equals(was)) {
        touched.add(entry.getKey());
      }
    }
    if (stayed < before.size()) {
      before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(touched::add);
    }
    touched.sort(Comparator.naturalOrder());
    return touched;
  }

  /** The earlier snapshot with the changes: the later one, but for figures. */
  ClusterSnapshot appliedTo(ClusterSnapshot before) {
    Map<ResourceRef, Resource> resources = new HashMap<>();
    before.resources().forEach(resource -> resources.put(resource.ref(), resource));
    Map<ResourceRef, EnumMap<Aspect, AspectState>> details = new HashMap<>();
    before
        .details()
        .forEach(
            (ref, known) -> {
              EnumMap<Aspect, AspectState> states = new EnumMap<>(Aspect.class);
              states.putAll(known.all());
              details.put(ref, states);
            });
    Map<GuestId, Incarnation> incarnations = new HashMap<>(before.incarnations());
    for (Change change : changes) {
      if (change instanceof Appeared appeared) {
        resources.put(appeared.ref(), appeared.resource());
      } else if (change instanceof Vanished vanished) {
        resources.remove(vanished.ref());
      } else if (change instanceof Altered altered) {
        resources.computeIfPresent(
            altered.ref(),
            (ref, was) ->
                (Resource) RecordFields.with((Record) was, altered.field(), altered.to()));
      } else if (change instanceof Renewed renewed) {
        renewed
            .ref()
            .guestId()
            .ifPresent(id -> incarnations.compute(id, (key, was) -> renewed.to()));
      } else if (change instanceof DetailReplaced replaced) {
        details
            .computeIfAbsent(replaced.ref(), ref -> new EnumMap<>(Aspect.class))
            .compute(replaced.aspect(), (aspect, was) -> replaced.to());
      } else if (change instanceof DetailAltered altered) {
        details
            .computeIfAbsent(altered.ref(), ref -> new EnumMap<>(Aspect.class))
            .computeIfPresent(altered.aspect(), (aspect, was) -> apply(altered, was));
      }
    }
    Map<ResourceRef, Details> known = new HashMap<>();
    details.forEach(
        (ref, states) -> {
          if (!states.isEmpty()) {
            known.put(ref, Details.of(states.values()));
          }
        });
    return snapshot(resources.values(), known, incarnations);
  }

  private static AspectState apply(DetailAltered altered, AspectState was) {
    if (altered.field().equals(FAILURE) || altered.field().equals(INCOMPLETE)) {
      return RecordFields.with(was, altered.field(), altered.to());
    }
    Detail detail = was.detail();
    return detail == null
        ? was
        : RecordFields.with(
            was, "detail", RecordFields.with((Record) detail, altered.field(), altered.to()));
  }

  private static ClusterSnapshot snapshot(
      Collection<Resource> resources,
      Map<ResourceRef, Details> details,
      Map<GuestId, Incarnation> incarnations) {
    Cluster cluster = null;
    Map<NodeName, Node> nodes = new HashMap<>();
    Map<GuestId, Guest> guests = new HashMap<>();
    Map<ResourceRef, Storage> storages = new HashMap<>();
    for (Resource resource : resources) {
      if (resource instanceof Cluster whole) {
        cluster = whole;
      } else if (resource instanceof Node node) {
        nodes.put(node.node(), node);
      } else if (resource instanceof Guest guest) {
        guests.put(guest.id(), guest);
      } else if (resource instanceof Storage storage) {
        storages.put(storage.ref(), storage);
      }
    }
    if (cluster == null) {
      throw new IllegalStateException("A snapshot has its cluster.");
    }
    return new ClusterSnapshot(cluster, nodes, guests, storages, details, incarnations);
  }
}
