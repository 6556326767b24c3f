package org.jarvis.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.tools.Run;
import org.jarvis.tools.SampleDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetGuestConfigToolTest {
  private static final Guest RUNNING = Run.vm(Guest.Status.RUNNING);

  @Test
  void changesWordsAsASmallThingAndEverythingElseWithAPerson() {
    assertThat(tier(Map.of("set", Map.of("description", "x")))).isEqualTo(Tier.YELLOW);
    assertThat(tier(Map.of("remove", List.of("description"), "set", Map.of("cores", 1))))
        .isEqualTo(Tier.RED);
    assertThat(tier(Map.of("set", Map.of("description", "x", "cores", 4)))).isEqualTo(Tier.RED);
  }

  @Test
  void setsAndRemovesAndSeesBoth() {
    Run run =
        Run.of(
            "set_vm_config",
            Map.of(
                "set",
                Map.of("cores", 6, "onboot", true, "cpulimit", new BigDecimal("1.50")),
                "remove",
                List.of("startup")),
            RUNNING);
    run.context.reads(
        config(Map.of("cores", "4", "startup", "order=1")),
        config(Map.of("cores", "6", "onboot", "1", "cpulimit", "1.50")));

    ToolResult result = run.result();
    assertThat(run.context.calls.get(0))
        .contains("cores=6", "onboot=1", "cpulimit=1.50", "remove=[startup]", "digest=null");
    assertThat(result.data())
        .containsEntry("changed", List.of("cores", "cpulimit", "onboot", "startup"))
        .containsEntry("pending", List.of());
    Arguments undo = run.tool.undo(run.arguments, List.of(RUNNING), result).orElseThrow();
    assertThat(undo.values())
        .containsEntry("set", Map.of("cores", 4, "startup", "order=1"))
        .containsEntry("remove", List.of("cpulimit", "onboot"));
  }

  @Test
  void tellsWhatWaitsForARestart() {
    Run run = Run.of("set_vm_config", Map.of("set", Map.of("memory", 8192)), RUNNING);
    run.context.reads(
        config(Map.of("memory", "4096")),
        SampleDetails.configuration(Map.of("memory", "4096"), 32, List.of("memory")));

    ToolResult result = run.result();
    assertThat(result.data()).containsEntry("pending", List.of("memory"));
    assertThat(result.summary()).contains("next restart", "memory");
  }

  @Test
  void saysThatAChangeIsNotShown() {
    Run run = Run.of("set_vm_config", Map.of("set", Map.of("cores", 6)), RUNNING);
    run.context.reads(config(Map.of("cores", "4")));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.EFFECT_MISSING);
    assertThat(run.failure().getMessage()).contains("cores");
  }

  @Test
  void cannotUndoWhatNoArgumentCanSay() {
    Run run = Run.of("set_vm_config", Map.of("set", Map.of("description", "new")), RUNNING);
    run.context.reads(
        config(Map.of("description", "token=********")), config(Map.of("description", "new\n")));

    ToolResult result = run.result();
    assertThat(run.tool.undo(run.arguments, List.of(RUNNING), result)).isEmpty();
  }

  @Test
  void refusesToChangeNothingOrAKeyTwice() {
    assertRefused(Map.of("set", Map.of()));
    assertRefused(Map.of("set", Map.of("cores", 1), "remove", List.of("cores")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hookscript", "args", "hostpci0", "mp0", "net0", "scsi0", "protection", "tags"})
  void hasNoKeyThatReachesTheNodeOrHasAToolOfItsOwn(String key) {
    for (GuestType type : GuestType.values()) {
      assertThat(Setting.of(type)).doesNotContainKey(key);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cores,4,4",
    "cores,lots,",
    "cores,0,",
    "cpulimit,1.5,1.5",
    "onboot,1,true",
    "startup,order=1,order=1",
    "boot,order=scsi0 -args x,"
  })
  void readsBackOnlyWhatItsFormAllows(String key, String value, String argument) {
    assertThat(
            Setting.of(GuestType.QEMU).get(key).argument(value).map(Object::toString).orElse(null))
        .isEqualTo(argument);
  }

  private static void assertRefused(Map<String, Object> change) {
    Run run = Run.of("set_vm_config", change, RUNNING);
    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> run.tool.use(run.arguments))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENTS));
  }

  private static Tier tier(Map<String, Object> change) {
    Run run = Run.of("set_vm_config", change, RUNNING);
    return run.tool.use(run.arguments).tier();
  }

  private static GuestConfiguration config(Map<String, String> values) {
    return SampleDetails.configuration(values, 32, List.of());
  }
}
