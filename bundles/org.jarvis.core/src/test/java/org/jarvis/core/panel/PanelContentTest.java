package org.jarvis.core.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelContent.Column;
import org.jarvis.api.panel.PanelContent.Point;
import org.jarvis.api.panel.PanelContent.Series;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelValue;
import org.jarvis.api.tool.Arguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a panel brings is bounded where it is made, so that nobody who shows it has to think of it.
 */
class PanelContentTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final Column NUMBER = new Column("Size", Column.Type.NUMBER, "B");

  static Stream<Runnable> refused() {
    PanelContent.Stat stat = new PanelContent.Stat("a", PanelValue.of(1), "", null, null);
    PanelContent.Line line = new PanelContent.Line(AT, PanelContent.Line.Level.INFO, "a");
    PanelContent.Offer offer = new PanelContent.Offer("start_vm", Arguments.none(), "Go");
    Series series = new Series("a", "", List.of());
    List<PanelValue> row = List.of(PanelValue.of(1));
    Map<String, Object> much = Map.of("text", "x".repeat(5_000));
    return Stream.of(
        () -> new PanelContent.Stats(Collections.nCopies(13, stat)),
        () -> new PanelContent.Table(List.of(NUMBER), Collections.nCopies(201, row)),
        () -> new PanelContent.Table(Collections.nCopies(9, NUMBER), List.of()),
        () -> new PanelContent.Table(List.of(), List.of()),
        () -> new PanelContent.Table(List.of(NUMBER), List.of(), -1),
        () -> new PanelContent.Table(List.of(NUMBER), List.of(List.of())),
        () -> new PanelContent.Table(List.of(NUMBER), List.of(List.of(PanelValue.of("a")))),
        () -> new PanelContent.TimeSeries(List.of(series, series)),
        () -> new Series("a", "", Collections.nCopies(501, new Point(AT, 1.0))),
        () -> new Series("a", "", List.of(new Point(AT, 1.0), new Point(AT, 2.0))),
        () -> new Point(AT, Double.NaN),
        () -> PanelValue.of(Double.POSITIVE_INFINITY),
        () -> new PanelContent.Log(Collections.nCopies(301, line)),
        () -> new PanelContent.Actions(Collections.nCopies(21, offer)),
        () -> new PanelContent.Offer("start_vm", new Arguments(much), "Go"),
        () -> new PanelContent.Offer("start\nvm", Arguments.none(), "Go"),
        () -> new PanelContent.Offer("start_vm", Arguments.none(), "\u202e"),
        () -> new PanelContent.Stat(" ", PanelValue.of(1), "", null, null));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Runnable making) {
    assertThatThrownBy(making::run)
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }

  @Test
  void takesAllThatItMayHold() {
    List<PanelValue> row = List.of(PanelValue.of(1));

    assertThat(new PanelContent.Table(List.of(NUMBER), Collections.nCopies(200, row)).rows())
        .hasSize(200);
    assertThat(
            new PanelContent.Table(List.of(NUMBER), List.of(List.of(PanelValue.unknown()))).rows())
        .hasSize(1);
  }

  @Test
  void cutsATextThatIsTooLongAndKeepsTheWholeOthers() {
    assertThat(PanelValue.of("x".repeat(120)))
        .isEqualTo(new PanelValue.Text("x".repeat(120)))
        .extracting("text")
        .asString()
        .hasSize(120)
        .doesNotContain("…");
    assertThat(PanelValue.of("x".repeat(121))).extracting("text").isEqualTo("x".repeat(119) + "…");
    assertThat(PanelValue.of("x".repeat(118) + "\ud83d\ude00" + "y"))
        .extracting("text")
        .isEqualTo("x".repeat(118) + "…");
    assertThat(PanelValue.of(" ".repeat(1_000_000) + "x")).extracting("text").isEqualTo("…");
  }

  @Test
  void takesOutWhatDeceives() {
    assertThat(PanelValue.of("a\u202egnp.exe\u001b[31m\nb"))
        .extracting("text")
        .isEqualTo("a gnp.exe b");
    assertThat(new PanelContent.Line(AT, PanelContent.Line.Level.INFO, "\r\nx\t").text())
        .isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({"Ups, 5", "ups load, 5", "'', 5", "-ups, 5", "ups, 1", "ups, 3601"})
  void refusesAPanelThatCouldNotBeAddressedOrAsked(String id, long seconds) {
    assertThatThrownBy(
            () -> new PanelDefinition(id, "UPS", "Its load.", null, Duration.ofSeconds(seconds)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
