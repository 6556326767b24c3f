package org.jarvis.safety.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandRules;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.safety.Tier;
import org.jarvis.safety.Records;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's own rules, and the confirmation that they need. */
class OwnRulesTest {
  private static final Principal ADA = new Principal("ada", PrincipalKind.PERSON, "session-1");
  private static final Principal TOKEN = new Principal("bot", PrincipalKind.TOKEN, "token-1");

  private static final String FROBNICATE =
      """
      program frobnicate
        path /usr/local/bin/frobnicate
        green: status <word>
          match: frobnicate status x
          not_match: frobnicate reset
      """;

  @TempDir Path folder;
  private final Records records = new Records();
  private OwnRules rules;

  @BeforeEach
  void start() throws Exception {
    rules = new OwnRules(records.journal(), folder);
    rules.setStore(records.store());
  }

  private void write(String name, String content) throws Exception {
    Files.writeString(folder.resolve(name), content);
    rules.refresh();
  }

  private CommandAnalysis judge(String line) {
    return new LineJudge(rules.book(), new Destinations(name -> false))
        .judge("pve1", false, new CommandText.Line(line))
        .analysis();
  }

  private CommandRules.File only() {
    assertThat(rules.files()).hasSize(1);
    return rules.files().get(0);
  }

  @Test
  void startRedAndCountOnceAPersonConfirmedTheContent() throws Exception {
    write("frob.rules", FROBNICATE);
    assertThat(only().confirmed()).isFalse();
    assertThat(only().programs()).containsExactly("frobnicate");
    assertThat(judge("frobnicate status x").tier()).isEqualTo(Tier.RED);
    assertThat(judge("frobnicate status x").reasons().get(0)).contains("Nobody has confirmed");

    rules.confirm("frob.rules", only().sha256(), ADA, "10.0.0.7");

    assertThat(only().confirmed()).isTrue();
    assertThat(judge("frobnicate status x").tier()).isEqualTo(Tier.GREEN);
    assertThat(judge("frobnicate status x").canonical())
        .endsWith(" /usr/local/bin/frobnicate status x");
    assertThat(records.audited())
        .containsExactly("ada http 10.0.0.7 command-rules.confirmed frob.rules");
  }

  @Test
  void needAFreshConfirmationOnceTheContentChanges() throws Exception {
    write("frob.rules", FROBNICATE);
    rules.confirm("frob.rules", only().sha256(), ADA, "10.0.0.7");
    write("frob.rules", FROBNICATE + "\n# changed\n");

    assertThat(only().confirmed()).isFalse();
    assertThat(judge("frobnicate status x").tier()).isEqualTo(Tier.RED);
  }

  @Test
  void areRememberedAsConfirmed() throws Exception {
    write("frob.rules", FROBNICATE);
    rules.confirm("frob.rules", only().sha256(), ADA, "10.0.0.7");

    OwnRules later = new OwnRules(records.journal(), folder);
    assertThat(later.files().get(0).confirmed()).isFalse(); // nobody knows without the store
    later.setStore(records.store());
    assertThat(later.files().get(0).confirmed()).isTrue();
    later.unsetStore(records.store());
    assertThat(later.files().get(0).confirmed()).isFalse();
  }

  @Test
  void keepWhatTheyLastSaidRightlyWhileTheyAreWrong() throws Exception {
    write("frob.rules", FROBNICATE);
    rules.confirm("frob.rules", only().sha256(), ADA, "10.0.0.7");
    write("frob.rules", FROBNICATE.replace("<word>", "<nosuch>"));

    assertThat(only().problem()).startsWith("frob.rules, line 3: There is no kind");
    assertThat(judge("frobnicate status x").tier()).isEqualTo(Tier.GREEN);
    assertThat(rules.health().detail()).contains("1 of the files in etc/commands");
    assertThatThrownBy(() -> rules.confirm("frob.rules", only().sha256(), ADA, "x"))
        .isInstanceOfSatisfying(
            JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));

    Files.delete(folder.resolve("frob.rules"));
    rules.refresh();
    assertThat(rules.files()).isEmpty();
    assertThat(rules.book().find("frobnicate")).isEmpty();
  }

  @Test
  void areConfirmedByAPersonAloneAndOnlyAsTheyAre() throws Exception {
    write("frob.rules", FROBNICATE);
    String hash = only().sha256();
    assertThatThrownBy(() -> rules.confirm("frob.rules", hash, TOKEN, "x"))
        .isInstanceOfSatisfying(
            JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERSON_REQUIRED));
    assertThatThrownBy(() -> rules.confirm("frob.rules", "0".repeat(64), ADA, "x"))
        .isInstanceOfSatisfying(
            JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThatThrownBy(() -> rules.confirm("../frob.rules", hash, ADA, "x"))
        .isInstanceOfSatisfying(
            JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    assertThat(records.audited()).isEmpty();
    assertThat(only().confirmed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "program mypy|  path /usr/bin/python3.12|  green: -V|    match: mypy -V|    not_match: mypy"
            + " x",
        "program python3.13|  path /usr/local/bin/x|  green: -V|    match: python3.13 -V|   "
            + " not_match: python3.13 x",
        "program ls|  path /usr/local/bin/ls|  green: x|    match: ls x|    not_match: ls y",
        "program myls|  path /usr/bin/ls|  green: x|    match: myls x|    not_match: myls y",
        "program foo|  path /usr/bin/../bin/python3|  green: x|    match: foo x|    not_match: foo"
            + " y",
        "program foo|  path /opt/foo /opt/bar|  green: x|    match: foo x|    not_match: foo y",
        "program foo|  path /opt/foo|  wraps: <command>|    match: foo uptime|    not_match: foo",
        "program foo|  path /opt/foo|  elevates: <command>|    match: foo uptime|    not_match:"
            + " foo",
        "readable /etc/**",
        "program foo|  path /opt/foo|  green: x",
      })
  void mayNotBeAboutWhatRunsOtherThings(String content) throws Exception {
    write("bad.rules", content.replace('|', '\n'));
    assertThat(only().problem()).as(content).startsWith("bad.rules, line ");
    assertThat(only().confirmed()).isFalse();
  }

  @Test
  void ofSeveralFilesOnlyTheWrongOneIsLeftOut() throws Exception {
    write("a.rules", FROBNICATE.replace("frobnicate", "aaa"));
    write("b.rules", "nonsense");
    write("c.rules", FROBNICATE.replace("frobnicate", "ccc"));
    write("d.rules", FROBNICATE.replace("frobnicate", "aaa"));
    write("note.txt", "nonsense");

    assertThat(rules.files())
        .extracting(file -> file.name() + " " + (file.problem() == null))
        .isEqualTo(List.of("a.rules true", "b.rules false", "c.rules true", "d.rules false"));
    assertThat(rules.book().find("aaa")).isPresent();
    assertThat(rules.book().find("ccc")).isPresent();
  }
}
