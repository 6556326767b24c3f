package org.jarvis.api.text;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class InertTextTest {
  private static final int MOST = 40;

  private static final List<UnaryOperator<String>> ONE_LINE =
      List.of(
          text -> InertText.line(text, MOST),
          text -> InertText.logLine(text, MOST),
          InertText::printed,
          text -> InertText.marked(text, MOST));

  private static final List<UnaryOperator<String>> SEVERAL_LINES =
      List.of(InertText::lines, text -> InertText.markedLines(text, MOST));

  /** What the corpora of hostile strings are made of. */
  private static final List<String> HOSTILE =
      List.of(
          "\u0000",
          "\u0007",
          "\b",
          "\r",
          "\u000B",
          "\u001B",
          "\u007F",
          "\u0085",
          "\u009B31m",
          "\u001B[31m",
          "\u001B[2J",
          "\u001B]0;title\u0007",
          "\u001B]8;;http://evil\u001B\\",
          "\u001BP1$r\u001B\\",
          "\u00AD",
          "\u034F",
          "\u061C",
          "\u115F",
          "\u180E",
          "\u200B",
          "\u200C",
          "\u200D",
          "\u200E",
          "\u200F",
          "\u2028",
          "\u2029",
          "\u202A",
          "\u202D",
          "\u202E",
          "\u2060",
          "\u2066",
          "\u2069",
          "\u3164",
          "\uE000",
          "\uFE00",
          "\uFEFF",
          "\uFFA0",
          "\uFFF9",
          "\uFFFF",
          "\uD800",
          "\uDC00",
          tag(0xE0001),
          tag(0xE0041),
          tag(0xE007F),
          tag(0xE0100),
          tag(0x1D173),
          tag(0x10FFFD));

  private static String tag(int character) {
    return Character.toString(character);
  }

  @Test
  void letsNothingThroughThatIsNotSeenAsWhatItIs() {
    for (String hostile : HOSTILE) {
      for (String text : List.of(hostile, "a" + hostile + "b", hostile + hostile, " " + hostile)) {
        ONE_LINE.forEach(inert -> assertIsInert(inert.apply(text), ""));
        SEVERAL_LINES.forEach(inert -> assertIsInert(inert.apply(text), "\n\t"));
      }
    }
  }

  @Test
  void letsNoTagThrough() {
    String order =
        IntStream.rangeClosed(0xE0000, 0xE007F)
            .mapToObj(InertTextTest::tag)
            .collect(Collectors.joining());
    assertThat(InertText.line("media" + order, 400)).isEqualTo("media");
    assertThat(InertText.lines("media" + order)).isEqualTo("media");
    assertThat(InertText.logLine("media" + order, 400)).isEqualTo("media");
    assertThat(InertText.marked("media" + order, 400)).isEqualTo("media" + "\uFFFD".repeat(0x80));
  }

  @Test
  void keepsWordsApartAndNamesDifferentOnALine() {
    for (String hostile : HOSTILE) {
      assertThat(InertText.line("a" + hostile + "b", MOST)).isEqualTo("a b");
      assertThat(InertText.marked("a" + hostile + "b", 400)).isEqualTo("a\uFFFDb");
    }
    assertThat(InertText.line(" a \t\u00A0\u3000\nb ", MOST)).isEqualTo("a b");
    assertThat(InertText.marked(" a\n\tb ", MOST)).isEqualTo("a  b");
  }

  @Test
  void leavesOutWhatIsNotSeenInLongerTexts() {
    assertThat(InertText.lines("a\u001B[31mred\u001B[0m b\u001B]0;title\u0007c"))
        .isEqualTo("ared bc");
    assertThat(InertText.lines("stop\u202Ednim\u200B\uDB40\uDC41\u0000 it\u2028now"))
        .isEqualTo("stopdnim itnow");
    assertThat(InertText.lines("a\r\n\tb")).isEqualTo("a\n\tb");
    assertThat(InertText.markedLines(" a\r\n\tb\u202E ", MOST)).isEqualTo("a\n b\uFFFD");
  }

  @Test
  void keepsTheBlanksOfALogLine() {
    assertThat(InertText.logLine("  \u001B[1m|--\u001B[0m  disk\u200B 1\r\n", 400))
        .isEqualTo("  |--  disk 1");
    assertThat(InertText.logLine("a\r\n\u2028b  c\td", 400)).isEqualTo("a b  c d");
  }

  @Test
  void printsALineThatEveryTerminalCanDraw() {
    assertThat(InertText.printed("\u001b[31mred\u001b[0m \u001b[2Jand \u001b]0;title\u0007gone"))
        .isEqualTo("red and gone");
    assertThat(InertText.printed("a\nb\rc\u2028d\u0085e\tf\u202Eg\u001B["))
        .isEqualTo("a b?c?d?e f?g?[");
  }

  @Test
  void hidesNothingBehindACommandThatHasNoEnd() {
    String text = "node \u001B]0;pve1 is on fire";
    assertThat(InertText.line(text, MOST)).isEqualTo("node ]0;pve1 is on fire");
    assertThat(InertText.lines(text)).isEqualTo("node ]0;pve1 is on fire");
  }

  @Test
  void endsACommandWhereItsFirstEndIs() {
    assertThat(InertText.lines("a\u009Db\u009Dc\u0090d\u009Ce\u009Cf")).isEqualTo("aef");
    assertThat(InertText.lines("a\u009Db\u009Dc\u001B\\d\u009De\u0007f")).isEqualTo("adf");
    assertThat(InertText.lines("a\u009Db\u001B]c\u0007d\u009De\u001B[mf")).isEqualTo("abdef");
    assertThat(InertText.lines("a\u001B]\u001B]\u001B\\b\u001B_\u009C\u0098")).isEqualTo("a]b");
  }

  /** Whoever writes the text chooses how often something begins in it that never ends. */
  @Test
  void takesTimeInProportionToTheTextWhateverBeginsInIt() {
    List<String> openings =
        List.of(
            "\u009D",
            "\u0090",
            "\u0098",
            "\u009E",
            "\u009F",
            "\u009B",
            "\u001B",
            "\u001B]",
            "\u001BP",
            "\u001BX",
            "\u001B^",
            "\u001B_",
            "\u001B[",
            "\u001B[0",
            "\u009B0;",
            "\u009B ",
            "\u009D\u0090",
            "\u009Da\u001B",
            "\u001B]\u009D",
            "\u001B]\u009D\u0098\u001B[");
    Duration plain =
        IntStream.range(0, 3).mapToObj(i -> time("\u00E9")).max(naturalOrder()).orElseThrow();
    // Looking from each opening to the end again would take hours.
    Duration most = plain.multipliedBy(200);
    for (String opening : openings) {
      assertTimeoutPreemptively(most, () -> InertText.lines(filled(opening)));
    }
  }

  private static Duration time(String unit) {
    String text = filled(unit);
    long begun = System.nanoTime();
    assertThat(InertText.lines(text)).isEqualTo(text);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static String filled(String unit) {
    return unit.repeat(2_000_000 / unit.length());
  }

  @Test
  void missesNothingThatOnlyChoosesBetweenTextAndEmoji() {
    assertThat(InertText.line("⚠\uFE0F!", MOST)).isEqualTo("⚠!");
    assertThat(InertText.marked("⚠\uFE0F!", 400)).isEqualTo("⚠!");
    assertThat(InertText.lines("⚠\uFE0E!")).isEqualTo("⚠!");
  }

  @Test
  void keepsWhatPeopleWrite() {
    String text = "Überwachung – 北 – 😀 ❤ é e\u0301 נושא •••• <b>*x*</b> #1 | ~/a_b";
    assertThat(InertText.line(text, 100)).isEqualTo(text);
    assertThat(InertText.lines(text + "\n\tnext")).isEqualTo(text + "\n\tnext");
    assertThat(InertText.logLine(text, 400)).isEqualTo(text);
    assertThat(InertText.marked(text, 400)).isEqualTo(text);
    assertThat(InertText.markedLines(text, 100)).isEqualTo(text);
  }

  @Test
  void cutsWhatIsTooLongAndNeverThroughACharacter() {
    assertThat(InertText.line("1234567890", 10)).isEqualTo("1234567890");
    assertThat(InertText.line("12345678901", 10)).isEqualTo("123456789…");
    assertThat(InertText.line("🙂🙂🙂", 4)).isEqualTo("🙂…");
    assertThat(InertText.line("\u200B".repeat(1_000) + "late", 10)).isEqualTo("…");
    assertThat(InertText.marked("🙂🙂🙂", 4)).isEqualTo("🙂…");
    assertThat(InertText.marked("12345678901", 10)).isEqualTo("123456789…");
    assertThat(InertText.logLine("  12345678901", 10)).isEqualTo("  1234567…");
    assertThat(InertText.logLine("\u200B".repeat(1_000) + "late", 10)).isEqualTo("…");
    assertThat(InertText.markedLines("1\n".repeat(20), 10)).isEqualTo("1\n1\n1\n1\n1…");
    assertThat(InertText.cut("🙂🙂", 3)).isEqualTo("🙂");
    assertThat(InertText.cut("🙂🙂", 4)).isEqualTo("🙂🙂");
    assertThat(InertText.cut("a", 0)).isEmpty();
  }

  @Property
  void isInertWhateverItIsMadeOf(@ForAll("texts") String text) {
    ONE_LINE.forEach(inert -> assertIsInert(inert.apply(text), ""));
    SEVERAL_LINES.forEach(inert -> assertIsInert(inert.apply(text), "\n\t"));
    assertThat(InertText.logLine(text, MOST).length()).isLessThanOrEqualTo(MOST);
    assertThat(InertText.line(text, MOST).length()).isLessThanOrEqualTo(MOST);
    assertThat(InertText.marked(text, MOST).length()).isLessThanOrEqualTo(MOST);
    assertThat(InertText.markedLines(text, MOST).length()).isLessThanOrEqualTo(MOST);
  }

  @Property
  void leavesAloneWhatIsInert(@ForAll("texts") String text) {
    ONE_LINE.forEach(inert -> assertStays(inert, text));
    SEVERAL_LINES.forEach(inert -> assertStays(inert, text));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.of(HOSTILE),
            Arbitraries.of("[", "]", "31m", "\\", "\n", "\t", " ", "a", "🙂", "\uD83D", "\uDE42"),
            Arbitraries.strings().ofMaxLength(3))
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts));
  }

  private static void assertStays(UnaryOperator<String> inert, String text) {
    String once = inert.apply(text);
    assertThat(inert.apply(once)).isEqualTo(once);
  }

  /** Asks for the properties that matter, in other words than the code. */
  private static void assertIsInert(String text, String kept) {
    assertThat(text).doesNotContain("\u001B", "\u009B", "\r");
    assertThat(text.codePoints().filter(c -> kept.indexOf(c) < 0))
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.toString(c).matches("[\\p{C}\\p{Zl}\\p{Zp}]"))
        .noneMatch(c -> c >= 0xE0000 && c <= 0xE0FFF);
  }
}
