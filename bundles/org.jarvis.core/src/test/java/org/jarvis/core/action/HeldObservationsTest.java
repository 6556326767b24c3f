package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolResult;
import org.junit.jupiter.api.Test;

class HeldObservationsTest {
  private static final int LARGE = 1024 * 1024;

  private final HeldObservations held = new HeldObservations();

  private static Action observation(int number, String given, String found) {
    return new Action(
        "id-" + number,
        "look_around",
        "Look around",
        new Arguments(Map.of("lines", List.of(given))),
        "hash",
        List.of(),
        ActionState.SUCCEEDED,
        Tier.GREEN,
        Consent.NONE,
        List.of(),
        GateFixture.PERSON,
        Origin.CHAT,
        Instant.EPOCH,
        null,
        null,
        "done",
        null,
        List.of(),
        null,
        null,
        new ToolResult("Seen.", Map.of("found", found)),
        null,
        null,
        null,
        List.of());
  }

  private List<String> ids() {
    return held.all().stream().map(Action::id).toList();
  }

  @Test
  void holdsTheNewestOfSmallOnes() {
    for (int i = 0; i < HeldObservations.MOST + 10; i++) {
      held.add(observation(i, "", ""));
    }

    assertThat(ids()).hasSize(HeldObservations.MOST).startsWith("id-10").endsWith("id-509");
    assertThat(held.find("id-9")).isEmpty();
    assertThat(held.find("id-10")).isPresent();
  }

  @Test
  void holdsAsManyLargeOnesAsThereIsRoomFor() {
    for (int i = 0; i < 50; i++) {
      boolean given = i % 2 == 0;
      held.add(observation(i, given ? "x".repeat(LARGE) : "", given ? "" : "x".repeat(LARGE)));
    }

    assertThat(ids()).hasSize(7).startsWith("id-43").endsWith("id-49");
  }

  @Test
  void makesRoomAgainWhereLargeOnesHaveGone() {
    for (int i = 0; i < 50; i++) {
      held.add(observation(i, "x".repeat(LARGE), ""));
    }
    for (int i = 50; i < 50 + HeldObservations.MOST; i++) {
      held.add(observation(i, "", ""));
    }

    assertThat(ids()).hasSize(HeldObservations.MOST);
  }

  @Test
  void countsOneThatComesAgainOnce() {
    for (int i = 0; i < 50; i++) {
      held.add(observation(1, "x".repeat(LARGE), ""));
    }
    held.add(observation(2, "x".repeat(LARGE), ""));

    assertThat(ids()).containsExactly("id-1", "id-2");
  }

  @Test
  void holdsTheNewestHoweverLargeItIs() {
    held.add(observation(1, "", ""));
    held.add(observation(2, "x".repeat(9 * LARGE), ""));

    assertThat(ids()).containsExactly("id-2");
  }
}
