package org.jarvis.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.Home;
import org.jarvis.tools.Run;
import org.junit.jupiter.api.Test;

class SetTagsToolTest {
  private static final String PROTECTED = "jarvis-protected";

  @Test
  void setsTagsAsASmallChangeAndSeesThem() {
    Run run = Run.of("set_tags", Map.of("tags", List.of("web", "db")), tagged("old"));

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.YELLOW);
    assertThat(run.tool.use(run.arguments).targets().get(0).touch()).isEqualTo(Touch.RECONFIGURES);
    assertThat(run.result().data()).containsEntry("tags", List.of("db", "web"));
    assertThat(run.context.calls).containsExactly("tags 101 [db, web]");
    assertThat(run.tool.verify(run.arguments, List.of(tagged("web", "db")))).isTrue();
    assertThat(run.tool.verify(run.arguments, List.of(tagged("web")))).isFalse();
  }

  @Test
  void isUndoneByTheTagsBefore() {
    assertThat(Run.of("set_tags", Map.of("tags", List.of()), tagged("a", "b")).undo())
        .containsEntry("tags", List.of("a", "b"));
  }

  @Test
  void protectsForGoodOnlyWithAPerson() {
    Run run = Run.of("set_tags", Map.of("tags", List.of("web", PROTECTED)), tagged("web"));

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.RED);
    assertThat(run.undo()).isEmpty();
    assertThat(run.impact()).contains("No tool takes that back");
  }

  @Test
  void keepsTheTagThatProtectsWhenOthersChange() {
    Run keeping = Run.of("set_tags", Map.of("tags", List.of(PROTECTED)), tagged("web", PROTECTED));
    assertThat(keeping.obstacle()).isEqualTo("nothing");
    assertThat(keeping.undo()).containsEntry("tags", List.of("web", PROTECTED));

    Run stripping = Run.of("set_tags", Map.of("tags", List.of("web")), tagged("web", PROTECTED));
    assertThat(stripping.obstacle()).startsWith("CONFLICT").contains("which no tool takes away");
  }

  private static Guest tagged(String... tags) {
    return new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.RUNNING).tagged(tags).build();
  }
}
