package org.jarvis.core.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.Arguments;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.Test;

class MemoryScreenTest {
  private static final Arguments TABLE = new Arguments(Map.of("show", "table"));

  private final SteppingClock clock = new SteppingClock();
  private final MemoryScreen screen = new MemoryScreen(clock);
  private final List<String> told = new ArrayList<>();

  @Test
  void wasNeverUsedAtFirst() {
    assertThat(screen.current()).isEmpty();
  }

  @Test
  void showsTheLatestAndSaysWhoseWishItWas() {
    screen.show(new Arguments(Map.of("show", "log")), "bob", Origin.MCP);
    Screen.Shown shown = screen.show(TABLE, "ada", Origin.CHAT);

    assertThat(screen.current()).contains(shown);
    assertThat(shown).isEqualTo(new Screen.Shown(2, TABLE, "ada", Origin.CHAT, clock.instant()));
    assertThat(shown.isEmpty()).isFalse();
  }

  @Test
  void saysWhoClearedIt() {
    screen.show(TABLE, "ada", Origin.CHAT);
    Screen.Shown cleared = screen.clear("bob", Origin.API);

    assertThat(cleared.isEmpty()).isTrue();
    assertThat(cleared.revision()).isEqualTo(2);
    assertThat(screen.current()).contains(cleared);
  }

  @Test
  void takesNoMoreThanItsBoundAndKeepsWhatItShowed() {
    Screen.Shown before = screen.show(TABLE, "ada", Origin.CHAT);
    String text = "\u00e9".repeat(MemoryScreen.MOST_BYTES / 2);

    assertThatThrownBy(() -> screen.show(new Arguments(Map.of("title", text)), "ada", Origin.CHAT))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TOO_LARGE));
    assertThat(screen.current()).contains(before);

    screen.show(new Arguments(Map.of("title", text.substring(10))), "ada", Origin.CHAT);
    assertThat(screen.current().orElseThrow().revision()).isEqualTo(2);
  }

  @Test
  void tellsThoseWhoWatchAfterEachChangeUntilTheyLeave() {
    Screen.Watch watch =
        screen.watch(() -> told.add("now " + screen.current().orElseThrow().revision()));
    screen.show(TABLE, "ada", Origin.CHAT);
    screen.clear("ada", Origin.CHAT);
    watch.close();
    watch.close();
    screen.show(TABLE, "ada", Origin.CHAT);

    assertThat(told).containsExactly("now 1", "now 2");
  }

  @Test
  void letsAListenerThatWatchesTwiceLeaveOnce() {
    Runnable listener = () -> told.add("changed");
    Screen.Watch first = screen.watch(listener);
    screen.watch(listener);
    first.close();

    screen.show(TABLE, "ada", Origin.CHAT);

    assertThat(told).containsExactly("changed");
  }

  @Test
  void isKeptFromNobodyByOneThatFails() {
    screen.watch(
        () -> {
          throw new IllegalStateException("odd");
        });
    screen.watch(() -> told.add("changed"));

    Screen.Shown shown = screen.show(TABLE, "ada", Origin.CHAT);

    assertThat(screen.current()).contains(shown);
    assertThat(told).containsExactly("changed");
  }
}
