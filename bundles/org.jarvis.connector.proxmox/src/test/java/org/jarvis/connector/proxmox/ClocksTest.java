package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.resource.NodeName;
import org.jarvis.connector.proxmox.http.ToldTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClocksTest {
  private static ToldTime time(String node, long seconds) {
    return new ToldTime(
        new NodeName(node), "10.0.0.1", Duration.ofSeconds(seconds), Math.abs(seconds) > 30);
  }

  @Test
  void rightClocksAreNotTold() {
    assertThat(Clocks.warnings(List.of())).isEmpty();
    assertThat(Clocks.warnings(List.of(time("pve1", 0), time("pve2", -29)))).isEmpty();
  }

  @Test
  void oneIsToldWithItsNodeAndTheCure() {
    assertThat(Clocks.warnings(List.of(time("pve1", -3600), time("pve2", 1))))
        .containsExactly(
            "pve1's clock is 1 h 0 min behind Jarvis's: set it right with chrony there (systemctl"
                + " enable --now chrony, then chronyc makestep). Until then times that the nodes"
                + " write down and those of Jarvis do not agree.");
  }

  @Test
  void theSameForSeveralIsOneSentence() {
    assertThat(
            Clocks.warnings(
                List.of(
                    time("c", 3601),
                    time("a", 3600),
                    time("b", 3599),
                    time("d", -40),
                    time("e", 0))))
        .hasSize(2)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "The clocks of a, b and c are 1 h 0 min ahead of Jarvis's: set them"))
        .anySatisfy(warning -> assertThat(warning).startsWith("d's clock is 40 s behind Jarvis's"));
  }

  @Test
  void whereNoOtherClockContradictsJarvissOwnMayBeTheWrongOne() {
    assertThat(Clocks.warnings(List.of(time("pve1", 3600), time("pve2", 3600))))
        .singleElement()
        .asString()
        .contains("pve1 and pve2", "or the clock of Jarvis's own machine");
    assertThat(Clocks.warnings(List.of(time("pve1", 3600))))
        .singleElement()
        .asString()
        .contains("pve1's clock", "or the clock of Jarvis's own machine");
  }

  @Test
  void memberOfUnknownNameIsToldByItsAddress() {
    assertThat(
            Clocks.warnings(List.of(new ToldTime(null, "10.0.0.1", Duration.ofSeconds(40), true))))
        .singleElement()
        .asString()
        .startsWith("10.0.0.1's clock is 40 s ahead of Jarvis's");
  }

  @ParameterizedTest
  @CsvSource({
    "31, 31 s ahead of",
    "-125, 2 min 5 s behind",
    "1799, 30 min ahead of",
    "3599, 1 h 0 min ahead of",
    "-3601, 1 h 0 min behind",
    "5400, 1 h 30 min ahead of",
    "-93600, 1 d 2 h behind"
  })
  void saysHowFarInTheUnitsThatMatter(long seconds, String said) {
    assertThat(Clocks.away(Duration.ofSeconds(seconds))).isEqualTo(said);
  }
}
