package org.jarvis.core.state;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of any type by chance, within what their types allow: a component is {@code null}
 * only where it may be. So what is added to the API is covered without a word here.
 */
final class AnyRecord {
  private static final List<String> NODES = List.of("atlas", "boreas", "ceres");
  private static final int NULL_ONE_IN = 4;

  private final Random random;

  AnyRecord(long seed) {
    this.random = new Random(seed);
  }

  /** A snapshot of some nodes, guests and storages with some details. */
  ClusterSnapshot snapshot() {
    Map<NodeName, Node> nodes = new HashMap<>();
    Map<GuestId, Guest> guests = new HashMap<>();
    Map<ResourceRef, Storage> storages = new HashMap<>();
    Map<GuestId, Incarnation> lives = new HashMap<>();
    for (String name : NODES) {
      if (random.nextBoolean()) {
        Node node = node(name);
        nodes.put(node.node(), node);
      }
      if (random.nextBoolean()) {
        Storage storage = storage(name);
        storages.put(storage.ref(), storage);
      }
    }
    for (int id = 100; id < 106; id++) {
      if (random.nextBoolean()) {
        Guest guest = guest(id);
        guests.put(guest.id(), guest);
        lives.put(guest.id(), new Incarnation("life-" + random.nextInt(3)));
      }
    }
    Cluster cluster = RecordFields.with(of(Cluster.class), "id", House.ID);
    ClusterSnapshot bare = new ClusterSnapshot(cluster, nodes, guests, storages, Map.of(), lives);
    Map<ResourceRef, Details> details = new HashMap<>();
    bare.resources()
        .map(resource -> resource.ref())
        .forEach(
            ref -> {
              Map<Aspect, AspectState> states = new EnumMap<>(Aspect.class);
              for (Aspect aspect : Aspect.of(ref.kind())) {
                if (random.nextBoolean()) {
                  states.put(aspect, state(aspect));
                }
              }
              if (!states.isEmpty()) {
                details.put(ref, Details.of(states.values()));
              }
            });
    return new ClusterSnapshot(
        cluster, bare.nodes(), bare.guests(), bare.storages(), details, lives);
  }

  /** The snapshot with a few things changed. */
  ClusterSnapshot variant(ClusterSnapshot of) {
    ClusterSnapshot other = snapshot();
    return new ClusterSnapshot(
        random.nextBoolean() ? of.cluster() : mixed(of.cluster(), other.cluster()),
        mixed(of.nodes(), other.nodes()),
        mixed(of.guests(), other.guests()),
        mixed(of.storages(), other.storages()),
        mixedDetails(of.details(), other.details()),
        random.nextBoolean() ? of.incarnations() : other.incarnations());
  }

  private <K, R extends Record> Map<K, R> mixed(Map<K, R> one, Map<K, R> other) {
    if (random.nextInt(3) == 0) {
      return one;
    }
    Map<K, R> mixed = new HashMap<>();
    one.forEach(
        (key, value) -> {
          R counterpart = other.get(key);
          switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> mixed.put(key, value);
            default -> mixed.put(key, counterpart == null ? value : mixed(value, counterpart));
          }
        });
    other.forEach(
        (key, value) -> {
          if (random.nextInt(4) == 0) {
            mixed.putIfAbsent(key, value);
          }
        });
    return mixed;
  }

  /** The first record with some components of the second, its address kept. */
  private <R extends Record> R mixed(R one, R other) {
    R mixed = one;
    for (RecordComponent component : one.getClass().getRecordComponents()) {
      String name = component.getName();
      boolean address =
          Set.of("cluster", "id").contains(name)
              || (one instanceof Node && name.equals("node"))
              || (one instanceof Storage && Set.of("node", "name").contains(name));
      if (!address && random.nextInt(3) == 0) {
        mixed = RecordFields.with(mixed, name, get(component, other));
      }
    }
    return mixed;
  }

  private static @Nullable Object get(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("A record does not tell its own fields.", impossible);
    }
  }

  private Map<ResourceRef, Details> mixedDetails(
      Map<ResourceRef, Details> one, Map<ResourceRef, Details> other) {
    Map<ResourceRef, Details> mixed = new HashMap<>(one);
    other.forEach(
        (ref, details) -> {
          switch (random.nextInt(4)) {
            case 0 -> mixed.put(ref, details);
            case 1 -> mixed.remove(ref);
            case 2 -> {
              for (AspectState state : details.all().values()) {
                mixed.merge(ref, Details.of(List.of(state)), (known, news) -> known.with(state));
              }
            }
            default -> {}
          }
        });
    return mixed;
  }

  AspectState state(Aspect aspect) {
    AspectState.Failure failure = random.nextBoolean() ? of(AspectState.Failure.class) : null;
    boolean read = failure == null || random.nextBoolean();
    return new AspectState(
        aspect,
        read ? aspect.type().cast(of(asRecord(aspect.type()))) : null,
        read ? of(Observation.class) : null,
        read && random.nextBoolean() ? "left out " + random.nextInt(3) : null,
        failure);
  }

  private Node node(String name) {
    return RecordFields.with(
        RecordFields.with(of(Node.class), "cluster", House.ID), "node", new NodeName(name));
  }

  private Storage storage(String node) {
    Storage any = RecordFields.with(of(Storage.class), "cluster", House.ID);
    return RecordFields.with(RecordFields.with(any, "node", new NodeName(node)), "name", "local");
  }

  private Guest guest(int id) {
    return RecordFields.with(
        RecordFields.with(of(Guest.class), "cluster", House.ID), "id", new GuestId(id));
  }

  private static Class<? extends Record> asRecord(Class<?> type) {
    return type.asSubclass(Record.class);
  }

  <R extends Record> R of(Class<R> type) {
    try {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = value(components[i].getAnnotatedType());
      }
      return type.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError(type + " cannot be made by chance.", impossible);
    }
  }

  private @Nullable Object value(AnnotatedType annotated) {
    if (annotated.isAnnotationPresent(Nullable.class) && random.nextInt(NULL_ONE_IN) == 0) {
      return null;
    }
    Type type = annotated.getType();
    if (annotated instanceof AnnotatedParameterizedType generic
        && type instanceof ParameterizedType parameterized) {
      return collection(parameterized, generic.getAnnotatedActualTypeArguments());
    }
    return single((Class<?>) type);
  }

  private Object collection(ParameterizedType type, AnnotatedType[] of) {
    int size = random.nextInt(3);
    if (type.getRawType() == Map.class) {
      Map<Object, Object> map = new HashMap<>();
      for (int i = 0; i < size; i++) {
        map.put(present(of[0]), present(of[1]));
      }
      return map;
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(present(of[0]));
    }
    return type.getRawType() == Set.class ? new HashSet<>(values) : values;
  }

  private Object present(AnnotatedType type) {
    Object value = value(type);
    return value == null ? present(type) : value;
  }

  private Object single(Class<?> type) {
    if (type == String.class) {
      return "word-" + random.nextInt(4);
    } else if (type == int.class || type == Integer.class) {
      return random.nextInt(8);
    } else if (type == long.class || type == Long.class) {
      return (long) random.nextInt(8);
    } else if (type == double.class || type == Double.class) {
      return random.nextInt(8) / 8.0;
    } else if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    } else if (type == Instant.class) {
      return Instant.EPOCH.plusSeconds(random.nextInt(1000));
    } else if (type == Duration.class) {
      return Duration.ofSeconds(random.nextInt(1000));
    } else if (type == Bytes.class) {
      return new Bytes(random.nextInt(8));
    } else if (type == NodeName.class) {
      return new NodeName(NODES.get(random.nextInt(NODES.size())));
    } else if (type == ClusterId.class) {
      return House.ID;
    } else if (type == GuestId.class) {
      return new GuestId(100 + random.nextInt(6));
    } else if (type == Whereabouts.class) {
      return new Whereabouts.Unknown();
    } else if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    return of(asRecord(type));
  }
}
