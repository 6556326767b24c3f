package org.jarvis.core.state;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.BackupJobs;
import org.jarvis.api.resource.detail.CephStatus;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.GuestAgent;
import org.jarvis.api.resource.detail.GuestRuntime;
import org.jarvis.api.resource.detail.NodeDisks;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the records that describe resources, told apart into what lasts and what is a
 * figure: figures and times of observation move all the time, and that is no change. A field that
 * is added to a record lasts, unless it is named here.
 */
final class RecordFields {
  private static final Map<Class<?>, Set<String>> FIGURES =
      Map.ofEntries(
          Map.entry(Cluster.class, Set.of("observation")),
          Map.entry(Node.class, Set.of("cpu", "memoryUsed", "diskUsed", "uptime", "observation")),
          Map.entry(Guest.class, Set.of("cpu", "memoryUsed", "uptime", "observation")),
          Map.entry(Storage.class, Set.of("used", "observation")),
          Map.entry(AspectState.class, Set.of("observation")),
          Map.entry(AspectState.Failure.class, Set.of("at")),
          Map.entry(ConnectionDetail.class, Set.of("traffic")),
          Map.entry(ConnectionDetail.Member.class, Set.of("lastAnswer", "nextAttempt")),
          Map.entry(BackupJobs.Job.class, Set.of("next")),
          Map.entry(CephStatus.class, Set.of("used")),
          Map.entry(
              NodeSystem.class,
              Set.of(
                  "cpu",
                  "ioWait",
                  "load",
                  "memoryUsed",
                  "memoryAvailable",
                  "memoryArc",
                  "memoryShared",
                  "swapUsed",
                  "rootUsed",
                  "uptime")),
          Map.entry(NodeDisks.Disk.class, Set.of("temperature")),
          Map.entry(NodeDisks.Attribute.class, Set.of("value")),
          Map.entry(
              ZfsPools.Pool.class, Set.of("allocated", "fragmentation", "deduplication", "scan")),
          Map.entry(ReplicationJobs.Job.class, Set.of("lastSync", "next", "took")),
          Map.entry(
              GuestRuntime.class,
              Set.of(
                  "memoryUsed",
                  "memoryOnNode",
                  "balloon",
                  "swapUsed",
                  "diskRead",
                  "diskWritten",
                  "netIn",
                  "netOut",
                  "diskUsed")),
          Map.entry(GuestAgent.FileSystem.class, Set.of("used")),
          Map.entry(StorageContent.Volume.class, Set.of("used")));

  private static final ClassValue<RecordFields> OF =
      new ClassValue<>() {
        @Override
        protected RecordFields computeValue(Class<?> type) {
          return new RecordFields(type);
        }
      };

  private final List<Field> lasting;
  private final List<Field> all;
  private final MethodHandle constructor;

  /** One field; {@code get} takes the record and returns its value. */
  private record Field(String name, MethodHandle get) {
    @Nullable Object of(Object holder) {
      try {
        return (Object) get.invokeExact(holder);
      } catch (Throwable impossible) {
        throw new IllegalStateException("A record does not tell its own field " + name, impossible);
      }
    }
  }

  private RecordFields(Class<?> type) {
    Set<String> figures = new HashSet<>(FIGURES.getOrDefault(type, Set.of()));
    List<Field> fields = new ArrayList<>();
    List<Field> lastingOnes = new ArrayList<>();
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    try {
      RecordComponent[] components = type.getRecordComponents();
      for (RecordComponent component : components) {
        Field field =
            new Field(
                component.getName(),
                lookup
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class)));
        fields.add(field);
        if (!figures.remove(field.name())) {
          lastingOnes.add(field);
        }
      }
      this.constructor =
          lookup
              .findConstructor(
                  type,
                  MethodType.methodType(
                      void.class,
                      Arrays.stream(components)
                          .map(RecordComponent::getType)
                          .toArray(Class<?>[]::new)))
              .asSpreader(Object[].class, components.length);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(type + " is no public record.", impossible);
    }
    if (!figures.isEmpty()) {
      throw new IllegalStateException(type + " has no fields " + figures + ".");
    }
    this.all = List.copyOf(fields);
    this.lasting = List.copyOf(lastingOnes);
  }

  /** The records of which figures are known. */
  static Set<Class<?>> withFigures() {
    return FIGURES.keySet();
  }

  /** Whether two values are equal but for figures, however deep within. */
  static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one == other) {
      return true;
    }
    if (one == null || other == null) {
      return false;
    }
    if (one instanceof Record && one.getClass() == other.getClass()) {
      for (Field field : OF.get(one.getClass()).lasting) {
        if (!same(field.of(one), field.of(other))) {
          return false;
        }
      }
      return true;
    }
    if (one instanceof List<?> ones && other instanceof List<?> others) {
      return sameLists(ones, others);
    }
    return one.equals(other);
  }

  private static boolean sameLists(List<?> ones, List<?> others) {
    if (ones.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < ones.size(); i++) {
      if (!same(ones.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * A field that differs.
   *
   * @param name the field
   * @param from its value in the former record
   * @param to its value in the latter
   */
  record Difference(String name, @Nullable Object from, @Nullable Object to) {}

  /** The fields in which two records of one type differ, figures left out. */
  static List<Difference> differences(Record before, Record after) {
    List<Difference> differences = List.of();
    for (Field field : OF.get(before.getClass()).lasting) {
      Object from = field.of(before);
      Object to = field.of(after);
      if (!same(from, to)) {
        if (differences.isEmpty()) {
          differences = new ArrayList<>();
        }
        differences.add(new Difference(field.name(), from, to));
      }
    }
    return differences;
  }

  /** The record with another value in one field. */
  static <R extends Record> R with(R holder, String name, @Nullable Object value) {
    RecordFields fields = OF.get(holder.getClass());
    Object[] values = new Object[fields.all.size()];
    for (int i = 0; i < values.length; i++) {
      Field field = fields.all.get(i);
      values[i] = field.name().equals(name) ? value : field.of(holder);
    }
    try {
      @SuppressWarnings("unchecked") // The constructor is that of this record's own class.
      R changed = (R) fields.constructor.invoke(values);
      return changed;
    } catch (RuntimeException | Error refused) {
      throw refused;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
