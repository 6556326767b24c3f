package org.jarvis.safety.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jarvis.api.command.Affected;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Touch;
import org.jarvis.safety.command.grammar.RuleFile;
import org.jarvis.safety.command.grammar.RuleFileReader;
import org.jarvis.safety.command.grammar.RuleProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule file says is what is decided. */
class RuleFileTest {
  private static final String RULES =
      """
      readable /var/log/** /etc/**
      searchable /var/log /var/log/** /etc/** /etc
      secret /etc/shadow /etc/pve/priv /etc/pve/priv/** /proc/*/environ **/.env **/.ssh/** **/id_*

      let quiet = -q|--quiet

      program look
        path /usr/bin/look /bin/look
        green: [(list|show)] <file>* @quiet -n|--lines <number 1..100> -c --colour[=(auto|never)]
          -w[<number>] -<number>
          match: look /var/log/syslog
          match: look -qc -n5 --lines=7 show --colour -20 /var/log/syslog -w3
          not_match: look -n 500
        green: <tree>+ !-r @quiet
          match: look -r /var/log

      program qm
        path /usr/sbin/qm
        root
        green: status <guest> --full[(0|1)]
          match: qm status 103 --full 1
        red: stop <guest takes-down>
          because: It takes the guest down.
          instead: qm status N
        wraps: guest exec <guest> '--' <command guest>
          match: qm guest exec 101 -- look
          not_match: qm guest exec 101 look

      program halt
        path /sbin/halt
        red destroys: -f => host takes-down

      program nice
        path /usr/bin/nice
        wraps: <command> -n <number -20..19>
          match: nice -n 5 look
          not_match: nice -5x look

      program sudo
        path /usr/bin/sudo
        elevates: <command> -n
          match: sudo look
          not_match: sudo -u x look

      program disk
        path /sbin/disk
        red destroys: <volume removes list>
        yellow: tend <device tends> (scan <path>|quick)
          match: disk tend /dev/sda quick
          match: disk tend /dev/sda scan /mnt
          not_match: disk tend /dev/sda scan

      program sh
        path /bin/sh
        otherwise black
          because: It runs whatever it is given.
      """;

  private static CommandAnalysis judge(String line) throws RuleProblem {
    RuleBook book = RuleBook.of(List.of(RuleFileReader.read("test.rules", RULES)));
    return new LineJudge(book, new Destinations(name -> false))
        .judge("pve1", true, new CommandText.Line(line))
        .analysis();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          look                                | GREEN
          look list                           | GREEN
          look --quiet /etc/hosts             | GREEN
          /bin/look /etc/hosts                | GREEN
          look -- /etc/hosts                  | GREEN
          look //etc/./hosts                  | GREEN
          nice -n -5 look                     | GREEN
          sudo -n look                        | GREEN
          nice sudo nice look                 | GREEN
          qm guest exec 101 -- look           | GREEN
          look --quie                         | RED
          look -n 0                           | RED
          look -n                             | RED
          look -z                             | RED
          look -- -q                          | RED
          look /etc/shadow                    | BLACK
          look /etc//shadow                   | BLACK
          look /etc/./shadow                  | BLACK
          look /etc/x/../shadow               | BLACK
          look /var/log/../../etc/shadow      | BLACK
          look /proc/1/environ                | BLACK
          look /etc/x/.env                    | BLACK
          look /etc/pve/priv                  | BLACK
          look /etc/x/.ssh                    | BLACK
          look /etc/.ssh/x/y                  | BLACK
          look /etc/a/b/id_rsa                | BLACK
          look /etc/pve/priv/                 | BLACK
          look /etc/pve/priv/authkey.key      | BLACK
          look /root/x                        | RED
          look etc/hosts                      | RED
          look '/etc/shado?'                  | RED
          look -r /etc                        | RED
          unheardof --file=/etc/shadow        | BLACK
          unheardof if=/etc/pve/priv/x.key    | BLACK
          unheardof a:/etc/x/../shadow        | BLACK
          look -r /etc/pve                    | RED
          look -r /root                       | RED
          qm stop 101                         | RED
          qm stop 0101                        | RED
          qm guest exec 101 -- qm stop 5      | RED
          ./look                              | BLACK
          bin/look                            | BLACK
          /usr/bin/../bin/look                | BLACK
          /tmp/look                           | BLACK
          /opt/x/look                         | BLACK
          eval look                           | BLACK
          sh -c look                          | BLACK
          look ; sh                           | BLACK
          nice nice nice nice nice nice look  | BLACK
          unheardof                           | RED
          /usr/bin/unheardof                  | RED
          """)
  void decidesByTheWholeOfTheArguments(String line, Tier tier) throws Exception {
    assertThat(judge(line).tier()).as(judge(line).toString()).isEqualTo(tier);
  }

  @Test
  void resolvesProgramsAndGivesRootWhereTheRuleSaysSo() throws Exception {
    assertThat(judge("nice qm status 103").vectors())
        .containsExactly(List.of("/usr/bin/nice", "/usr/sbin/qm", "status", "103"));
    assertThat(judge("nice qm status 103").canonical()).contains("sudo -n -- /usr/bin/nice");
    assertThat(judge("sudo look").vectors()).containsExactly(List.of("/usr/bin/look"));
    assertThat(judge("sudo look").canonical()).contains("sudo -n -- /usr/bin/look");
    assertThat(judge("look").canonical()).doesNotContain("sudo");
    // What runs inside a guest keeps its name: there it may live elsewhere.
    assertThat(judge("qm guest exec 101 -- look").vectors())
        .containsExactly(List.of("/usr/sbin/qm", "guest", "exec", "101", "--", "look"));
  }

  @Test
  void tellsWhatIsTouched() throws Exception {
    assertThat(judge("look").affected()).isEmpty();
    assertThat(judge("qm stop 103").affected())
        .containsExactly(new Affected(Affected.Kind.GUEST, "103", Touch.TAKES_DOWN));
    assertThat(judge("halt -f").affected())
        .containsExactly(new Affected(Affected.Kind.HOST, "pve1", Touch.TAKES_DOWN));
    assertThat(judge("qm guest exec 101 -- halt").affected())
        .containsExactly(new Affected(Affected.Kind.GUEST, "101", Touch.TAKES_DOWN));
    assertThat(judge("qm guest exec 101 -- qm guest exec 102 -- halt").affected())
        .containsExactly(new Affected(Affected.Kind.GUEST, "101", Touch.TAKES_DOWN));
    assertThat(judge("disk pve/vm-103-disk-0,nas:iso/x").affected())
        .containsExactlyInAnyOrder(
            new Affected(Affected.Kind.GUEST, "103", Touch.REMOVES),
            new Affected(Affected.Kind.STORAGE, "nas", Touch.REMOVES));
    assertThat(judge("unheardof x").affected())
        .containsExactly(new Affected(Affected.Kind.HOST, "pve1", Touch.RECONFIGURES));
  }

  @Test
  void namesTheWordThatIsTheReasonAndWhatWouldBeAccepted() throws Exception {
    assertThat(judge("look -q /etc/shadow").reasons().get(0))
        .contains("'/etc/shadow' names something secret");
    assertThat(judge("look -q /root/x").reasons().get(0))
        .contains("word 3, '/root/x', lies where files may not be read");
    assertThat(judge("look --quie").reasons().get(0)).contains("'--quie'");
    assertThat(judge("look --quie").instead()).isEqualTo("For example: look /var/log/syslog");
    assertThat(judge("qm stop 101").reasons()).containsExactly("qm: It takes the guest down.");
    assertThat(judge("qm stop 101").instead()).isEqualTo("qm status N");
    assertThat(judge("sh").reasons().get(0)).contains("It runs whatever it is given.");
    assertThat(judge("foo 'a b'").reasons()).contains("What would run: ['foo', 'a b']");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          frobnicate x                                                  ~ line 1: 'frobnicate' is not known
          program x|  path x                                            ~ line 2: 'x' is no absolute path
          program x|  green: x                                          ~ 1 names and 0 path
          program x|  path /x|  green: <nosuch>                         ~ line 3: There is no kind of operand <nosuch>
          program x|  path /x|  green: <guest stops>                    ~ line 3: 'stops' is no touch
          program x|  path /x|  green: <guest takes-down>               ~ line 3: What observes does not do this
          program x|  path /x|  red: <guest removes>                    ~ line 3: What disrupts does not do this
          program x|  path /x|  green: [x                               ~ line 3: There is a ']' missing
          program x|  path /x|  green: <file                            ~ line 3: There is a '>' missing
          program x|  path /x|  green: @all                             ~ line 3: There is no 'let all'
          program x|  path /x|  green: <like (a+)+>                     ~ line 3: '(a+)+' repeats a group
          program x|  path /x|  green: <command>                        ~ line 3: <command> stands in forms that wrap
          program x|  path /x|  wraps: x                                ~ line 3: <command> stands in forms that wrap
          program x|  path /x|  wraps: <command guest>                  ~ line 3: It does not name the guest
          program x|  path /x|  green: a                                ~ has no 'match:'
          program x|  path /x|  green: a|    match: x a                 ~ has no 'not_match:'
          program x|  path /x|  green: a|    match: x b|    not_match: x c   ~ line 4: The form above does not decide this
          program x|  path /x|  green: a|    match: x a|    not_match: x a   ~ line 5: The form above decides this
          program x|  path /x|  green: a|    match: x a; x|    not_match: x  ~ line 4: This example is not one program
          program x|  path /x|  let a = @a|  green: @a                  ~ line 4: A part contains itself
          program x|  path /x|program x|  path /y                       ~ line 3: There is a rule for x already
          secret etc/x                                                  ~ line 1: 'etc/x' does not begin with a slash
          """)
  void refusesAFileWithTheLineAndTheReason(String file, String problem) {
    assertThatThrownBy(
            () -> {
              RuleFile read = RuleFileReader.read("bad.rules", file.strip().replace('|', '\n'));
              RuleBook.of(List.of(read));
            })
        .isInstanceOf(RuleProblem.class)
        .hasMessageStartingWith("bad.rules, line ")
        .hasMessageContaining(problem);
  }
}
