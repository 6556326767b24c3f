package org.jarvis.safety.command.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jarvis.api.command.CommandText;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {
  private static Reading read(String line) {
    return CommandReader.read(new CommandText.Line(line));
  }

  private static List<Call> calls(String line) {
    assertThat(read(line)).as(line).isInstanceOf(Reading.Understood.class);
    return ((Reading.Understood) read(line)).calls();
  }

  private static List<String> words(Call call) {
    return call.words().stream().map(Word::text).toList();
  }

  private static Reading.Refused refused(String line) {
    assertThat(read(line)).as(line).isInstanceOf(Reading.Refused.class);
    return (Reading.Refused) read(line);
  }

  @Test
  void readsWordsAndQuotesAsTheShellDoes() {
    assertThat(words(calls("grep -E '^(net|scsi) $x' \"a b\"c'd'  e'' ''").get(0)))
        .containsExactly("grep", "-E", "^(net|scsi) $x", "a bcd", "e", "");
    assertThat(words(calls("ps --format \"table {{.Names}}\\t{{.Status}}\"").get(0)))
        .containsExactly("ps", "--format", "table {{.Names}}\\t{{.Status}}");
    assertThat(words(calls("qm stop 1\"0\"3").get(0))).containsExactly("qm", "stop", "103");
    assertThat(words(calls("[ -f /x ]").get(0))).containsExactly("[", "-f", "/x", "]");
    assertThat(words(calls("echo a#b c=d e!").get(0))).containsExactly("echo", "a#b", "c=d", "e!");
  }

  @Test
  void readsHowProgramsAreJoined() {
    assertThat(calls("a | b && c || d; e;"))
        .extracting(Call::join)
        .containsExactly(Join.FIRST, Join.PIPE, Join.AND, Join.OR, Join.THEN);
    assertThat(calls("a|b&&c||d;e")).hasSize(5);
  }

  @Test
  void readsTheOnlyRedirections() {
    assertThat(calls("a >/dev/null 2>&1 2> /dev/null").get(0).redirections())
        .containsExactly(
            Redirection.OUTPUT_AWAY, Redirection.ERRORS_TO_OUTPUT, Redirection.ERRORS_AWAY);
    assertThat(calls("a>/dev/null|b").get(0).redirections())
        .containsExactly(Redirection.OUTPUT_AWAY);
    Call digitOfAWord = calls("echo a2>/dev/null").get(0);
    assertThat(words(digitOfAWord)).containsExactly("echo", "a2");
    assertThat(digitOfAWord.redirections()).containsExactly(Redirection.OUTPUT_AWAY);
    Call quotedDigit = calls("echo '2'>/dev/null").get(0);
    assertThat(words(quotedDigit)).containsExactly("echo", "2");
    assertThat(quotedDigit.redirections()).containsExactly(Redirection.OUTPUT_AWAY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          ls $(id)             ~ At character 4 '$'
          ls ${IFS}            ~ At character 4 '$'
          echo "$HOME"         ~ At character 7 '$'
          echo "a\\\\b"         ~ At character 8 '\\'
          echo "a\\"            ~ At character 8 '\\'
          echo "a\\$b"          ~ At character 8 '\\'
          echo "a\\"b"          ~ At character 8 '\\'
          \\rm -rf x            ~ At character 1 '\\'
          ls *.conf            ~ '*'
          ls file?             ~ '?'
          ls [ab]              ~ '['
          cp a.{b,c}           ~ '{'
          cat <x               ~ '<'
          cat <<EOF            ~ '<'
          (ls)                 ~ '('
          ls & id              ~ '&' runs it in the background
          ls |& id             ~ '&'
          ls # x               ~ '#' begins a comment
          ls > /tmp/x          ~ '>' writes a file
          ls >> /dev/null      ~ '>' writes a file
          ls &>/dev/null       ~ '&'
          ls 2>&12             ~ '>'
          ls >/dev/nullx       ~ '>'
          ls 1>&2              ~ '>'
          echo 103>/dev/null   ~ whether the number belongs to '>'
          A=1 ls               ~ sets a variable
          if ls                ~ 'if' at character 1
          ls; then             ~ 'then' at character 5
          ! ls                 ~ '!' at character 1
          ls || || id          ~ there is no program here
          ls &&                ~ there is no program here
          ; ls                 ~ there is no program here
          ls ;; id             ~ there is no program here
          >/dev/null           ~ there is no program here
          '' x                 ~ has no name
          echo 'x              ~ this quote is not closed
          """)
  void refusesWhatCouldMeanMoreThanItSays(String line, String reason) {
    Reading.Refused refused = refused(line);
    assertThat(refused.reason()).contains(reason);
    assertThat(refused.instead()).isNotBlank();
  }

  @Test
  void refusesBackquotesAndTildes() {
    assertThat(refused("ls `id`").reason()).contains("At character 4 '`'");
    assertThat(refused("ls \"`id`\"").reason()).contains("At character 5 '`'");
    assertThat(refused("ls ~/x").reason()).contains("'~'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls\nid",
        "ls\rid",
        "ls\tid",
        "ls\u0000",
        "ls \u00a0id",
        "ls\u2028id",
        "\u043bs",
        "ls \u2019x",
        "ls \u202e",
        "ls \u007f",
        "ls \u001b[0m",
        "\uff4c\uff53",
        "ls \ud83d\ude00",
        "ls \ud83d"
      })
  void refusesEverythingButPrintableAscii(String line) {
    assertThat(refused(line).reason()).contains("only printable ASCII").matches("\\p{Print}*");
    assertThat(CommandReader.read(new CommandText.Words(List.of("ls", line))))
        .isInstanceOf(Reading.Refused.class);
  }

  @Test
  void refusesWhatIsTooLongAtOnce() {
    String word = "x".repeat(100_000);
    assertThat(refused(word).reason()).contains("longer than");
    assertThat(CommandReader.read(new CommandText.Words(List.of("ls", word))))
        .isInstanceOf(Reading.Refused.class);
    assertThat(CommandReader.read(new CommandText.Words(Collections.nCopies(1_000, "x"))))
        .isInstanceOf(Reading.Refused.class);
    assertThat(refused("a ".repeat(600)).reason()).contains("more than 512 words");
    assertThat(refused("a;".repeat(100)).reason()).contains("more than 32 programs");
  }

  @Test
  void takesTimeInProportionToTheLength() {
    String quotes = "'a'\"b\"".repeat(CommandReader.LONGEST / 6);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 1_000; i++) {
            assertThat(calls(quotes)).hasSize(1);
          }
        });
  }

  @Test
  void takesWordsAsTheyAre() {
    Reading reading =
        CommandReader.read(new CommandText.Words(List.of("grep", "$(x) `y` \\ * | ; & '", "")));
    assertThat(words(((Reading.Understood) reading).calls().get(0)))
        .containsExactly("grep", "$(x) `y` \\ * | ; & '", "");
    assertThat(CommandReader.read(new CommandText.Words(List.of())))
        .isInstanceOf(Reading.Refused.class);
  }
}
