package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jarvis.api.tool.Effect.CHANGES;
import static org.jarvis.api.tool.Effect.DESTROYS;
import static org.jarvis.api.tool.Effect.DISRUPTS;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.tool.Effect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks every method of {@link ClusterOperations}: one that is added has to be judged here. */
class EveryOperationIsScopedTest {
  private static final NodeName OTHER = new NodeName("boreas");
  private static final Observation SEEN =
      new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10));
  private static final Guest GUEST = guest(GuestType.QEMU, List.of());
  private static final Guest CONTAINER = guest(GuestType.LXC, List.of());
  private static final Guest PROTECTED = guest(GuestType.QEMU, List.of("jarvis-protected", "prod"));
  private static final Node NODE =
      new Node(
          FakeCluster.ID,
          FakeCluster.NODE,
          Node.Status.ONLINE,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          SEEN);
  private static final ResourceRef OTHER_NODE = ResourceRef.node(FakeCluster.ID, OTHER);
  private static final ResourceRef LOCAL =
      ResourceRef.storage(FakeCluster.ID, FakeCluster.NODE, "local");
  private static final ResourceRef LOCAL_THERE =
      ResourceRef.storage(FakeCluster.ID, OTHER, "local");
  private static final Set<ResourceRef> ALL =
      Set.of(GUEST.ref(), NODE.ref(), OTHER_NODE, LOCAL, LOCAL_THERE);

  /** What each call needs at least, by the method and, where they matter, its arguments. */
  private static final List<Call> CALLS =
      List.of(
          new Call("start", CHANGES, GUEST),
          new Call("shutdown", DISRUPTS, GUEST),
          new Call("stop", DISRUPTS, GUEST),
          new Call("reboot", DISRUPTS, GUEST),
          new Call("reset", DISRUPTS, GUEST),
          new Call("suspend", DISRUPTS, GUEST),
          new Call("resume", CHANGES, GUEST),
          new Call("migrate", DISRUPTS, GUEST, new Migration(OTHER, true, false, null)),
          new Call("migrate", DISRUPTS, GUEST, new Migration(OTHER, true, true, "local")),
          new Call("snapshot", CHANGES, GUEST),
          new Call("rollback", DESTROYS, GUEST),
          new Call("deleteSnapshot", DESTROYS, GUEST),
          new Call("backup", CHANGES, GUEST, backup(NewBackup.Mode.SNAPSHOT)),
          new Call("backup", DISRUPTS, GUEST, backup(NewBackup.Mode.SUSPEND)),
          new Call("backup", DISRUPTS, GUEST, backup(NewBackup.Mode.STOP)),
          new Call("backup", DISRUPTS, CONTAINER, backup(NewBackup.Mode.SNAPSHOT)),
          new Call("unlock", DISRUPTS, GUEST),
          new Call("configure", CHANGES, GUEST, setting("description")),
          new Call("configure", DISRUPTS, GUEST, setting("memory")),
          new Call(
              "configure",
              DISRUPTS,
              GUEST,
              new ConfigurationChange(Map.of(), Set.of("startup"), null)),
          new Call("setTags", CHANGES, GUEST),
          new Call("growDisk", DISRUPTS, GUEST),
          new Call("copy", CHANGES, GUEST, copy(null, false, null)),
          new Call("copy", CHANGES, GUEST, copy(OTHER, false, null)),
          new Call("copy", DISRUPTS, GUEST, copy(null, true, null)),
          new Call("copy", DISRUPTS, GUEST, copy(null, true, "local")),
          new Call("copy", DISRUPTS, GUEST, copy(OTHER, true, "local")),
          new Call("delete", DESTROYS, GUEST),
          new Call("reboot", DISRUPTS, NODE),
          new Call("shutdown", DISRUPTS, NODE),
          new Call("wake", CHANGES, NODE),
          new Call("startService", CHANGES, NODE),
          new Call("stopService", DISRUPTS, NODE),
          new Call("restartService", DISRUPTS, NODE));

  /** What no tool may do at all. */
  private static final Set<String> NEVER = Set.of("follow", "cancel");

  private final List<String> reached = new ArrayList<>();
  private final ClusterOperations recording =
      (ClusterOperations)
          Proxy.newProxyInstance(
              ClusterOperations.class.getClassLoader(),
              new Class<?>[] {ClusterOperations.class},
              (proxy, method, arguments) -> {
                reached.add(method.getName() + " " + Arrays.asList(arguments));
                return null;
              });

  @Test
  void judgesEveryMethod() {
    Set<Method> judged = new HashSet<>();
    CALLS.forEach(call -> judged.add(call.method()));

    assertThat(ClusterOperations.class.getMethods())
        .allSatisfy(
            method ->
                assertThat(judged.contains(method) != NEVER.contains(method.getName())).isTrue());
  }

  @TestFactory
  Stream<DynamicTest> passesOnWhatWasDecided() {
    return each(
        call -> {
          call.on(new ScopedOperations(recording, ALL, call.needed));

          assertThat(reached).containsExactly(call.name + " " + Arrays.asList(call.arguments()));
        });
  }

  @TestFactory
  Stream<DynamicTest> refusesAStrongerEffectThanDecided() {
    return each(
        call -> assertRefused(call, new ScopedOperations(recording, ALL, weaker(call.needed))));
  }

  @TestFactory
  Stream<DynamicTest> refusesEachTargetThatWasNotDecidedOn() {
    return each(
        call -> {
          List<ResourceRef> touched = call.touched();
          for (ResourceRef missing : touched) {
            Set<ResourceRef> others = new HashSet<>(ALL);
            others.remove(missing);
            assertRefused(call, new ScopedOperations(recording, others, DESTROYS));
          }
          call.on(new ScopedOperations(recording, Set.copyOf(touched), DESTROYS));
          assertThat(reached).hasSize(1);
        });
  }

  @TestFactory
  Stream<DynamicTest> refusesAfterTheRun() {
    return each(
        call -> {
          ScopedOperations scoped = new ScopedOperations(recording, ALL, DESTROYS);
          scoped.close();
          assertRefused(call, scoped);
        });
  }

  @Test
  void takesTheTagThatProtectsFromNoGuest() {
    ScopedOperations scoped = new ScopedOperations(recording, ALL, DESTROYS);

    assertRefused(() -> scoped.setTags(PROTECTED, List.of("prod")));
    assertRefused(
        () ->
            scoped.configure(
                PROTECTED, new ConfigurationChange(Map.of("tags", "prod;web"), Set.of(), null)));
    assertRefused(
        () -> scoped.configure(PROTECTED, new ConfigurationChange(Map.of(), Set.of("tags"), null)));
    scoped.setTags(PROTECTED, List.of("jarvis-protected", "web"));
    scoped.configure(
        PROTECTED, new ConfigurationChange(Map.of("tags", "web;jarvis-protected"), Set.of(), null));
    assertThat(reached).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "args", "hookscript", "hostpci0", "usb0", "mp0", "rootfs", "scsi0", "lxc.apparmor.profile",
        "protection", "unprivileged", "features", "cicustom", "lock", "smbios1", "", "Memory"
      })
  void setsNoKeyThatReachesBeyondTheGuest(String key) {
    ScopedOperations scoped = new ScopedOperations(recording, ALL, DESTROYS);

    assertRefused(() -> scoped.configure(GUEST, setting(key)));
    assertRefused(
        () -> scoped.configure(GUEST, new ConfigurationChange(Map.of(), Set.of(key), null)));
  }

  private void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED));
    assertThat(reached).isEmpty();
  }

  @Test
  void followsAndCancelsNothingForATool() {
    ScopedOperations scoped = new ScopedOperations(recording, ALL, DESTROYS);
    TaskId task = new TaskId(FakeCluster.NODE, "UPID:x");

    assertThatThrownBy(() -> scoped.follow(task, ScopedOperationsTest.IGNORING))
        .isInstanceOf(JarvisException.class);
    assertThatThrownBy(() -> scoped.cancel(task)).isInstanceOf(JarvisException.class);
    assertThat(reached).isEmpty();
  }

  private static Effect weaker(Effect effect) {
    return switch (effect) {
      case OBSERVES, CHANGES -> Effect.OBSERVES;
      case DISRUPTS -> CHANGES;
      case DESTROYS -> DISRUPTS;
    };
  }

  private Stream<DynamicTest> each(Consumer<Call> check) {
    return CALLS.stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.name + " " + call.needed.word(),
                    () -> {
                      reached.clear();
                      check.accept(call);
                    }));
  }

  private void assertRefused(Call call, ScopedOperations scoped) {
    assertRefused(() -> call.on(scoped));
    assertThat(scoped.touched()).isFalse();
  }

  private static NewBackup backup(NewBackup.Mode mode) {
    return new NewBackup("local", mode, null, false);
  }

  private static ConfigurationChange setting(String key) {
    return new ConfigurationChange(Map.of(key, "1"), Set.of(), null);
  }

  private static GuestCopy copy(
      @Nullable NodeName target, boolean complete, @Nullable String storage) {
    return new GuestCopy(new GuestId(900), null, target, complete, storage, null);
  }

  private static Guest guest(GuestType type, List<String> tags) {
    return new Guest(
        FakeCluster.ID,
        new GuestId(101),
        type,
        "media",
        FakeCluster.NODE,
        Guest.Status.RUNNING,
        false,
        tags,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        SEEN);
  }

  /** One call; arguments that do not matter are filled in by their type. */
  private record Call(String name, Effect needed, List<Object> given) {
    Call(String name, Effect needed, Object... given) {
      this(name, needed, List.of(given));
    }

    Method method() {
      return Arrays.stream(ClusterOperations.class.getMethods())
          .filter(method -> method.getName().equals(name))
          .filter(method -> method.getParameterTypes()[0].isInstance(given.get(0)))
          .findFirst()
          .orElseThrow(() -> new AssertionError("There is no method " + name));
    }

    Object[] arguments() {
      return Arrays.stream(method().getParameterTypes()).map(this::argument).toArray();
    }

    private Object argument(Class<?> type) {
      return Stream.concat(given.stream(), FILLERS.stream())
          .filter(
              value ->
                  type.isInstance(value) || (type == boolean.class && value instanceof Boolean))
          .findFirst()
          .orElseThrow(() -> new AssertionError("No value for " + type));
    }

    List<ResourceRef> touched() {
      List<ResourceRef> refs = new ArrayList<>();
      for (Object value : given) {
        if (value instanceof Guest guest) {
          refs.add(guest.ref());
        } else if (value instanceof Node node) {
          refs.add(node.ref());
        } else if (value instanceof NewBackup) {
          refs.add(LOCAL);
        } else if (value instanceof Migration migration) {
          refs.add(OTHER_NODE);
          if (migration.targetStorage() != null) {
            refs.add(LOCAL_THERE);
          }
        } else if (value instanceof GuestCopy copy) {
          if (copy.target() != null) {
            refs.add(OTHER_NODE);
          }
          if (copy.storage() != null) {
            refs.add(copy.target() == null ? LOCAL : LOCAL_THERE);
          }
        }
      }
      return refs;
    }

    void on(ClusterOperations operations) {
      try {
        method().invoke(operations, arguments());
      } catch (InvocationTargetException refused) {
        if (refused.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new AssertionError(refused.getCause());
      } catch (IllegalAccessException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  private static final TaskFollower FOLLOWER = ScopedOperationsTest.IGNORING;
  private static final List<Object> FILLERS =
      List.of(
          FOLLOWER,
          Duration.ofSeconds(1),
          "word",
          true,
          new Bytes(1),
          List.of("tag"),
          new NewSnapshot("before", null, false));
}
