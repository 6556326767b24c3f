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
import java.util.Optional;
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
import org.jarvis.api.connector.RequestedState;
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
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
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
  private static final Node NODE = node(FakeCluster.NODE);
  private static final ResourceRef OTHER_NODE = ResourceRef.node(FakeCluster.ID, OTHER);
  private static final ResourceRef LOCAL =
      ResourceRef.storage(FakeCluster.ID, FakeCluster.NODE, "local");
  private static final ResourceRef LOCAL_THERE =
      ResourceRef.storage(FakeCluster.ID, OTHER, "local");

  /** What each call needs at least, by the method and, where they matter, its arguments. */
  private static final List<Call> CALLS =
      List.of(
          new Call("start", CHANGES, Touch.TENDS, GUEST),
          new Call("shutdown", DISRUPTS, Touch.TAKES_DOWN, GUEST),
          new Call("stop", DISRUPTS, Touch.TAKES_DOWN, GUEST),
          new Call("reboot", DISRUPTS, Touch.TAKES_DOWN, GUEST),
          new Call("reset", DISRUPTS, Touch.TAKES_DOWN, GUEST),
          new Call("suspend", DISRUPTS, Touch.TAKES_DOWN, GUEST),
          new Call("resume", CHANGES, Touch.TENDS, GUEST),
          new Call(
              "migrate",
              DISRUPTS,
              Touch.TAKES_DOWN,
              GUEST,
              new Migration(OTHER, true, false, null)),
          new Call(
              "migrate",
              DISRUPTS,
              Touch.TAKES_DOWN,
              GUEST,
              new Migration(OTHER, true, true, "local")),
          new Call("snapshot", CHANGES, Touch.TENDS, GUEST),
          new Call("rollback", DESTROYS, Touch.TAKES_DOWN, GUEST),
          new Call("deleteSnapshot", DESTROYS, Touch.RECONFIGURES, GUEST),
          new Call("backup", CHANGES, Touch.TENDS, GUEST, backup(NewBackup.Mode.SNAPSHOT)),
          new Call("backup", DISRUPTS, Touch.INTERRUPTS, GUEST, backup(NewBackup.Mode.SUSPEND)),
          new Call("backup", DISRUPTS, Touch.INTERRUPTS, GUEST, backup(NewBackup.Mode.STOP)),
          new Call(
              "backup", DISRUPTS, Touch.INTERRUPTS, CONTAINER, backup(NewBackup.Mode.SNAPSHOT)),
          new Call(
              "deleteBackup", DESTROYS, Touch.RECONFIGURES, GUEST, "local", "local:backup/one"),
          new Call("unlock", DISRUPTS, Touch.RECONFIGURES, GUEST),
          new Call("configure", CHANGES, Touch.RECONFIGURES, GUEST, setting("description")),
          new Call("configure", DISRUPTS, Touch.RECONFIGURES, GUEST, setting("memory")),
          new Call(
              "configure",
              DISRUPTS,
              Touch.RECONFIGURES,
              GUEST,
              new ConfigurationChange(Map.of(), Set.of("startup"), null)),
          new Call("setTags", CHANGES, Touch.RECONFIGURES, GUEST),
          new Call("growDisk", DISRUPTS, Touch.RECONFIGURES, GUEST),
          new Call("copy", CHANGES, Touch.TENDS, GUEST, copy(null, false, null)),
          new Call("copy", CHANGES, Touch.TENDS, GUEST, copy(OTHER, false, null)),
          new Call("copy", DISRUPTS, Touch.TENDS, GUEST, copy(null, true, null)),
          new Call("copy", DISRUPTS, Touch.TENDS, GUEST, copy(null, true, "local")),
          new Call("copy", DISRUPTS, Touch.TENDS, GUEST, copy(OTHER, true, "local")),
          new Call("delete", DESTROYS, Touch.REMOVES, GUEST),
          new Call("reboot", DISRUPTS, Touch.TAKES_DOWN, NODE),
          new Call("shutdown", DISRUPTS, Touch.TAKES_DOWN, NODE),
          new Call("wake", CHANGES, Touch.TENDS, NODE),
          new Call("startService", CHANGES, Touch.TENDS, NODE),
          new Call("stopService", DISRUPTS, Touch.INTERRUPTS, NODE, "pveproxy"),
          new Call("stopService", DISRUPTS, Touch.TAKES_DOWN, NODE, "corosync"),
          new Call("restartService", CHANGES, Touch.TENDS, NODE, "pveproxy"),
          new Call("restartService", DISRUPTS, Touch.INTERRUPTS, NODE, "docker"),
          new Call("restartService", DISRUPTS, Touch.TAKES_DOWN, NODE, "corosync"),
          new Call("replicate", CHANGES, Touch.TENDS, NODE, "101-0"),
          new Call("orderCertificate", DISRUPTS, Touch.INTERRUPTS, NODE),
          new Call("requestState", CHANGES, Touch.TENDS, GUEST, RequestedState.STARTED),
          new Call("requestState", DISRUPTS, Touch.TAKES_DOWN, GUEST, RequestedState.DISABLED));

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
          call.on(scoped(call.all(), call.needed));

          List<Object> passed = Arrays.asList(call.arguments());
          if (call.name.equals("setTags")) {
            // Nothing is known here of the configuration that was decided on.
            passed.set(2, null);
          }
          assertThat(reached).containsExactly(call.name + " " + passed);
        });
  }

  @TestFactory
  Stream<DynamicTest> refusesAStrongerEffectThanDecided() {
    return each(call -> assertRefused(call, scoped(call.all(), weaker(call.needed))));
  }

  @TestFactory
  Stream<DynamicTest> refusesToTouchATargetMoreSeverelyThanDecided() {
    return each(call -> assertRefused(call, scoped(call.decided(gentler(call.touch)), DESTROYS)));
  }

  @TestFactory
  Stream<DynamicTest> takesNoStepThatSomethingStandsAgainst() {
    return each(
        call ->
            assertRefused(
                call,
                new ScopedOperations(
                    recording, call.all(), DESTROYS, () -> Optional.of("Everything is halted."))));
  }

  @Test
  void changesOnlyTheServiceThatWasDecidedOn() {
    ScopedOperations scoped =
        scoped(new Call("restartService", CHANGES, Touch.TENDS, NODE, "pveproxy").all(), DESTROYS);

    assertRefused(() -> scoped.restartService(NODE, "docker", FOLLOWER));
  }

  @Test
  void actsOnWhatWasDecidedOnNotOnWhatAToolPasses() {
    Guest forged = guest(GuestType.QEMU, List.of("forged"));

    scoped(List.of(decided(GUEST, Touch.TENDS)), CHANGES).start(forged, FOLLOWER);

    assertThat(reached).containsExactly("start " + List.of(GUEST, FOLLOWER));
  }

  @Test
  void changesNoConfigurationButTheOneThatWasDecidedOn() {
    ResolvedTarget target =
        new ResolvedTarget(GUEST, Touch.RECONFIGURES, null, "", "", "digest-of-then", "", false);
    ScopedOperations scoped = scoped(List.of(target), DESTROYS);

    scoped.setTags(GUEST, List.of("web"), "digest-of-now");
    scoped.configure(GUEST, setting("description"));

    assertThat(reached).hasSize(2).allSatisfy(call -> assertThat(call).contains("digest-of-then"));
  }

  @TestFactory
  Stream<DynamicTest> refusesEachTargetThatWasNotDecidedOn() {
    return each(
        call -> {
          List<ResourceRef> touched = call.touched();
          for (ResourceRef missing : touched) {
            List<ResolvedTarget> others =
                call.all().stream()
                    .filter(target -> !target.resource().ref().equals(missing))
                    .toList();
            assertRefused(call, scoped(others, DESTROYS));
          }
          List<ResolvedTarget> these =
              call.all().stream()
                  .filter(target -> touched.contains(target.resource().ref()))
                  .toList();
          call.on(scoped(these, DESTROYS));
          assertThat(reached).hasSize(1);
        });
  }

  @TestFactory
  Stream<DynamicTest> refusesAfterTheRun() {
    return each(
        call -> {
          ScopedOperations scoped = scoped(call.all(), DESTROYS);
          scoped.close();
          assertRefused(call, scoped);
        });
  }

  @Test
  void takesTheTagThatProtectsFromNoGuest() {
    ScopedOperations scoped = scoped(List.of(decided(PROTECTED, Touch.RECONFIGURES)), DESTROYS);

    assertRefused(() -> scoped.setTags(PROTECTED, List.of("prod"), null));
    assertRefused(
        () ->
            scoped.configure(
                PROTECTED, new ConfigurationChange(Map.of("tags", "prod;web"), Set.of(), null)));
    assertRefused(
        () -> scoped.configure(PROTECTED, new ConfigurationChange(Map.of(), Set.of("tags"), null)));
    scoped.setTags(PROTECTED, List.of("jarvis-protected", "web"), null);
    scoped.configure(
        PROTECTED, new ConfigurationChange(Map.of("tags", "web;jarvis-protected"), Set.of(), null));
    assertThat(reached).hasSize(2);
  }

  @Test
  void setsTheTagThatProtectsOnlyWhereThatWasDecided() {
    ScopedOperations scoped = scoped(List.of(decided(GUEST, Touch.RECONFIGURES)), CHANGES);

    assertRefused(() -> scoped.setTags(GUEST, List.of("jarvis-protected"), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "args", "hookscript", "hostpci0", "usb0", "mp0", "rootfs", "scsi0", "lxc.apparmor.profile",
        "protection", "unprivileged", "features", "cicustom", "lock", "smbios1", "", "Memory"
      })
  void setsNoKeyThatReachesBeyondTheGuest(String key) {
    ScopedOperations scoped = scoped(List.of(decided(GUEST, Touch.REMOVES)), DESTROYS);

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
    ScopedOperations scoped = scoped(List.of(decided(GUEST, Touch.REMOVES)), DESTROYS);
    TaskId task = new TaskId(FakeCluster.NODE, "UPID:x");

    assertThatThrownBy(() -> scoped.follow(task, ScopedOperationsTest.IGNORING))
        .isInstanceOf(JarvisException.class);
    assertThatThrownBy(() -> scoped.cancel(task)).isInstanceOf(JarvisException.class);
    assertThat(reached).isEmpty();
  }

  @Test
  void endsTheTaskThatWasDecidedOnAndNoOther() {
    String decided = "UPID:x";
    List<ResolvedTarget> node =
        List.of(ScopedOperationsTest.decided(NODE, Touch.INTERRUPTS, decided));

    assertRefused(() -> scoped(node, DISRUPTS).cancel(new TaskId(FakeCluster.NODE, "UPID:y")));
    assertRefused(() -> scoped(node, DISRUPTS).cancel(new TaskId(OTHER, decided)));
    assertRefused(() -> scoped(node, CHANGES).cancel(new TaskId(FakeCluster.NODE, decided)));
    scoped(node, DISRUPTS).cancel(new TaskId(FakeCluster.NODE, decided));
    assertThat(reached).hasSize(1);
  }

  private ScopedOperations scoped(List<ResolvedTarget> targets, Effect effect) {
    return new ScopedOperations(recording, targets, effect, ScopedOperations.Objection.NONE);
  }

  private static ResolvedTarget decided(Resource resource, Touch touch) {
    return ScopedOperationsTest.decided(resource, touch, null);
  }

  private static Touch gentler(Touch touch) {
    return switch (touch) {
      case USES, TENDS -> Touch.USES;
      case RECONFIGURES -> Touch.TENDS;
      case INTERRUPTS -> Touch.RECONFIGURES;
      case TAKES_DOWN -> Touch.INTERRUPTS;
      case REMOVES -> Touch.TAKES_DOWN;
    };
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

  private static Node node(NodeName name) {
    return new Node(
        FakeCluster.ID, name, Node.Status.ONLINE, null, null, null, null, null, null, null, SEEN);
  }

  private static Storage storage(NodeName node) {
    return new Storage(
        FakeCluster.ID,
        node,
        "local",
        Storage.Status.AVAILABLE,
        "dir",
        false,
        List.of(),
        null,
        null,
        SEEN);
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
  private record Call(String name, Effect needed, Touch touch, List<Object> given) {
    Call(String name, Effect needed, Touch touch, Object... given) {
      this(name, needed, touch, List.of(given));
    }

    /** All that there is, its own target touched as it needs at least. */
    List<ResolvedTarget> all() {
      return decided(touch);
    }

    List<ResolvedTarget> decided(Touch own) {
      String service = given.size() > 1 && given.get(1) instanceof String word ? word : "word";
      return Stream.concat(
              Stream.of(ScopedOperationsTest.decided((Resource) given.get(0), own, service)),
              Stream.of(node(OTHER), storage(FakeCluster.NODE), storage(OTHER))
                  .map(resource -> ScopedOperationsTest.decided(resource, Touch.USES, null)))
          .toList();
    }

    Method method() {
      return Arrays.stream(ClusterOperations.class.getMethods())
          .filter(method -> method.getName().equals(name))
          .filter(method -> method.getParameterTypes()[0].isInstance(given.get(0)))
          .findFirst()
          .orElseThrow(() -> new AssertionError("There is no method " + name));
    }

    Object[] arguments() {
      List<Object> left = new ArrayList<>(given);
      left.addAll(FILLERS);
      return Arrays.stream(method().getParameterTypes())
          .map(type -> argument(left, type))
          .toArray();
    }

    private static Object argument(List<Object> left, Class<?> type) {
      for (Object value : left) {
        if (type.isInstance(value) || (type == boolean.class && value instanceof Boolean)) {
          left.remove(value);
          return value;
        }
      }
      throw new AssertionError("No value for " + type);
    }

    List<ResourceRef> touched() {
      List<ResourceRef> refs = new ArrayList<>();
      for (Object value : given) {
        if (value instanceof Guest guest) {
          refs.add(guest.ref());
          if (name.equals("deleteBackup")) {
            refs.add(LOCAL);
          }
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
          "another",
          true,
          new Bytes(1),
          List.of("tag"),
          new NewSnapshot("before", null, false));
}
