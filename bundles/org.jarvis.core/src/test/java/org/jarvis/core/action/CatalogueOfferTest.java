package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolCatalogue.MenuEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody else thought of doing is decided as what a menu says. */
class CatalogueOfferTest {
  private final GateFixture fixture = new GateFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private MenuEntry offer(String tool, Arguments arguments) {
    return fixture
        .assembly()
        .catalogue()
        .offer(tool, arguments, GateFixture.PERSON, Origin.BROWSER);
  }

  private static Arguments guest(int vmid) {
    return new Arguments(Map.of("vmid", vmid));
  }

  @Test
  void isDecidedFromTheStateAtHand() {
    assertThat(offer("start_vm", guest(101)))
        .satisfies(
            start -> {
              assertThat(start.tier()).isEqualTo(Tier.YELLOW);
              assertThat(start.refusal()).isNull();
            });
    assertThat(offer("stop_vm", guest(101)).refusal()).isEqualTo("It is so already.");
  }

  @ParameterizedTest
  @CsvSource({"format_moon, 101, UNKNOWN_TOOL", "start_vm, 999, NOT_FOUND"})
  void saysWhyItCannotBeDecided(String tool, int vmid, ErrorCode code) {
    assertThatThrownBy(() -> offer(tool, guest(vmid)))
        .isInstanceOfSatisfying(
            JarvisException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void hasToFitTheSchema() {
    assertThatThrownBy(() -> offer("start_vm", new Arguments(Map.of("cmd", "x"))))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENTS));
  }
}
