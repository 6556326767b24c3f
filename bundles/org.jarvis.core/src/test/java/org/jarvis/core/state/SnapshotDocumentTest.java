package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.junit.jupiter.api.Test;

class SnapshotDocumentTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  @Property(tries = 200)
  void bringsBackEverythingButHowTheConnectionStood(@ForAll long seed) {
    ClusterSnapshot any = new AnyRecord(seed).snapshot();

    ClusterSnapshot back = SnapshotDocument.read(SnapshotDocument.write(any)).orElseThrow();

    Map<ResourceRef, Details> kept = new HashMap<>();
    any.details()
        .forEach(
            (ref, details) -> {
              List<AspectState> states =
                  details.all().values().stream()
                      .filter(state -> state.aspect() != Aspect.CONNECTION)
                      .toList();
              if (!states.isEmpty()) {
                kept.put(ref, Details.of(states));
              }
            });
    assertThat(back.details()).isEqualTo(kept);
    assertThat(back.guests()).isEqualTo(any.guests());
    assertThat(back.nodes()).isEqualTo(any.nodes());
    assertThat(back.storages()).isEqualTo(any.storages());
    assertThat(back.incarnations()).isEqualTo(any.incarnations());
    assertThat(back.cluster()).isEqualTo(any.cluster());
  }

  @Test
  void keepsNoSecretThatAConnectorForgotToMask() {
    ClusterSnapshot snapshot = withValues(Map.of("cipassword", "hunter2", "memory", "2048"));

    String document = SnapshotDocument.write(snapshot);

    assertThat(document).doesNotContain("hunter2").contains("2048");
  }

  @Test
  void keepsNoSecretWithinAValue() {
    for (Map.Entry<String, String> entry :
        Map.of(
                "env", "canary",
                "entrypoint", "/run canary",
                "args", "-object canary",
                "cicustom", "user=canary",
                "hookscript", "x PASSWD=canary",
                "api_key=canary", "1",
                "lxc.init", "Token = canary")
            .entrySet()) {
      String document =
          SnapshotDocument.write(withValues(Map.of(entry.getKey(), entry.getValue(), "a", "2048")));

      String kept = document.replace(entry.getKey(), "");
      assertThat(kept).as(entry.getKey()).doesNotContain("canary").contains("2048");
    }
  }

  @Test
  void leavesOutOneDetailThatAnotherVersionWrote() {
    String document =
        SnapshotDocument.write(withValues(Map.of("memory", "2048")))
            .replace("\"aspect\":\"configuration\"", "\"aspect\":\"dreams\"");

    ClusterSnapshot back = SnapshotDocument.read(document).orElseThrow();

    assertThat(back.guests()).hasSize(1);
    assertThat(back.details()).isEmpty();
  }

  @Test
  void readsWhatWasKeptBeforeThereWereDetails() {
    String document =
        SnapshotDocument.write(Crowd.of(1, NOON))
            .replaceFirst("\"version\":2,", "")
            .replaceFirst(",\"incarnations\":.*", "}");

    ClusterSnapshot back = SnapshotDocument.read(document).orElseThrow();

    assertThat(back.guests()).hasSize(1);
    assertThat(back.incarnations()).isEmpty();
  }

  private static ClusterSnapshot withValues(Map<String, String> values) {
    Guest guest = House.guest(NOON, 101, Guest.Status.RUNNING);
    ClusterSnapshot bare = Crowd.of(List.of(guest), NOON);
    AspectState state =
        AspectState.read(
            RecordFields.with(new AnyRecord(1).of(GuestConfiguration.class), "values", values),
            new Observation("pve:home", NOON, Duration.ofMinutes(5)));
    return new ClusterSnapshot(
        bare.cluster(),
        bare.nodes(),
        bare.guests(),
        bare.storages(),
        Map.of(guest.ref(), Details.of(List.of(state))),
        bare.incarnations());
  }
}
