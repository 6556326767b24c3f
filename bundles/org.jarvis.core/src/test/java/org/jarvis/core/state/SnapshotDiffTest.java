package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.core.state.SnapshotDiff.Altered;
import org.jarvis.core.state.SnapshotDiff.DetailAltered;
import org.jarvis.core.state.SnapshotDiff.DetailReplaced;
import org.junit.jupiter.api.Test;

class SnapshotDiffTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private final ClusterSnapshot before = of(House.guest(NOON, 101, Guest.Status.RUNNING));

  @Property(tries = 400)
  void givesTheLaterSnapshotWhenAppliedToTheEarlier(@ForAll long seed) {
    AnyRecord any = new AnyRecord(seed);
    ClusterSnapshot one = any.snapshot();
    ClusterSnapshot other = any.variant(one);

    ClusterSnapshot made = SnapshotDiff.between(one, other).appliedTo(one);

    assertThat(SnapshotDiff.between(made, other).changes()).isEmpty();
    assertThat(made.guests().keySet()).isEqualTo(other.guests().keySet());
    assertThat(made.nodes().keySet()).isEqualTo(other.nodes().keySet());
    assertThat(made.storages().keySet()).isEqualTo(other.storages().keySet());
    assertThat(made.details().keySet()).isEqualTo(other.details().keySet());
    assertThat(made.incarnations()).isEqualTo(other.incarnations());
    other
        .resources()
        .forEach(
            resource ->
                assertThat(RecordFields.same(resource, made.find(resource.ref()).orElseThrow()))
                    .isTrue());
  }

  @Property(tries = 200)
  void namesEachChangeOnceAndNoneThatIsNone(@ForAll long seed) {
    AnyRecord any = new AnyRecord(seed);
    ClusterSnapshot one = any.snapshot();

    List<SnapshotDiff.Change> changes = SnapshotDiff.between(one, any.variant(one)).changes();

    assertThat(changes).doesNotHaveDuplicates();
    assertThat(changes)
        .filteredOn(change -> change instanceof Altered)
        .allSatisfy(
            change -> {
              Altered altered = (Altered) change;
              assertThat(RecordFields.same(altered.from(), altered.to())).isFalse();
            });
    assertThat(SnapshotDiff.between(one, one).changes()).isEmpty();
  }

  @Test
  void namesResourceAndFieldAndBothValues() {
    ClusterSnapshot after = of(RecordFields.with(guest(), "tags", List.of("prod")));

    assertThat(SnapshotDiff.between(before, after).changes())
        .containsExactly(
            new Altered(guest().ref(), "tags", List.of("prod", "web"), List.of("prod")));
  }

  @Test
  void takesFiguresAndTimesForNoChange() {
    Guest moved =
        RecordFields.with(
            RecordFields.with(RecordFields.with(guest(), "memoryUsed", new Bytes(7)), "cpu", 0.9),
            "uptime",
            Duration.ofDays(2));
    Guest later =
        RecordFields.with(
            moved,
            "observation",
            House.guest(NOON.plusSeconds(10), 101, Guest.Status.RUNNING).observation());

    assertThat(SnapshotDiff.between(before, of(later)).changes()).isEmpty();
  }

  @Test
  void tellsOfAnAspectThatCannotBeReadAnyMore() {
    AspectState failed =
        AspectState.failed(
            Aspect.AGENT, ErrorCode.PRIVILEGE_MISSING, "VM.Monitor is missing.", NOON);
    ResourceRef ref = guest().ref();
    ClusterSnapshot after =
        new ClusterSnapshot(
            before.cluster(),
            before.nodes(),
            before.guests(),
            before.storages(),
            Map.of(ref, Details.of(List.of(failed))),
            before.incarnations());

    assertThat(SnapshotDiff.between(before, after).changes())
        .containsExactly(new DetailReplaced(ref, Aspect.AGENT, null, failed));
  }

  @Test
  void tellsOfADetailThatLeavesSomethingOut() {
    ResourceRef ref = guest().ref();
    AspectState whole =
        AspectState.read(
            new GuestSnapshots(List.of(), null),
            new Observation("pve:home", NOON, Duration.ofMinutes(5)));
    AspectState part =
        AspectState.readPartly(
            new GuestSnapshots(List.of(), null),
            new Observation("pve:home", NOON.plusSeconds(300), Duration.ofMinutes(5)),
            "Some are not told.");

    assertThat(SnapshotDiff.between(knowing(ref, whole), knowing(ref, part)).changes())
        .containsExactly(
            new DetailAltered(ref, Aspect.SNAPSHOTS, "incomplete", null, "Some are not told."));
  }

  private ClusterSnapshot knowing(ResourceRef ref, AspectState state) {
    return new ClusterSnapshot(
        before.cluster(),
        before.nodes(),
        before.guests(),
        before.storages(),
        Map.of(ref, Details.of(List.of(state))),
        before.incarnations());
  }

  @Test
  void looksOnlyAtWhatIsNoSharedObject() {
    ClusterSnapshot many = Crowd.of(10_000, NOON);
    Map<GuestId, Guest> guests = new HashMap<>(many.guests());
    guests.computeIfPresent(
        new GuestId(777), (id, guest) -> RecordFields.with(guest, "lock", "backup"));
    ClusterSnapshot after =
        new ClusterSnapshot(
            many.cluster(),
            many.nodes(),
            guests,
            many.storages(),
            many.details(),
            many.incarnations());

    assertThat(SnapshotDiff.between(many, after).changes())
        .containsExactly(
            new Altered(ResourceRef.guest(House.ID, new GuestId(777)), "lock", null, "backup"));
  }

  private Guest guest() {
    return House.guest(NOON, 101, Guest.Status.RUNNING);
  }

  private static ClusterSnapshot of(Guest guest) {
    return Crowd.of(List.of(guest), NOON);
  }
}
