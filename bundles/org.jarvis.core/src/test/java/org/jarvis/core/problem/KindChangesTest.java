package org.jarvis.core.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.jarvis.core.problem.ProblemHouse.ADA;
import static org.jarvis.core.problem.ProblemHouse.down;
import static org.jarvis.core.problem.ProblemHouse.kind;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.problem.KindStanding;
import org.jarvis.api.problem.KindStanding.Setting;
import org.jarvis.api.problem.KindStanding.Source;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KindChangesTest {
  private static final String DOWN = "guest-down";
  private static final String FILE = "guest-down.used";

  private final ProblemHouse house = new ProblemHouse();
  private final ResourceRef guest = house.guest(101);

  @BeforeEach
  void watch() {
    house.watchFor(kind(DOWN).limit("used", 80));
    house.look();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private KindStanding set(String key, @Nullable String value) {
    Map<String, @Nullable String> values = new HashMap<>();
    values.put(key, value);
    return house.problems().setKind(DOWN, values, ADA);
  }

  private KindStanding takeBack() {
    Map<String, @Nullable String> values = new HashMap<>();
    values.put("used", null);
    values.put("enabled", null);
    return house.problems().setKind(DOWN, values, ADA);
  }

  private KindStanding standing() {
    return house.problems().standings().get(0);
  }

  private static ErrorCode code(ThrowingCallable call) {
    return ((JarvisException) catchThrowable(call)).code();
  }

  @Test
  void countsAtTheNextLookAndSaysWhoSetIt() {
    Instant now = house.clock.instant();
    KindStanding answer =
        house.problems().setKind(DOWN, Map.of("used", " 55.5 ", "after", "2m"), ADA);

    assertThat(answer).isEqualTo(standing());
    assertThat(answer.limits()).containsExactly(Map.entry("used", 55.5));
    assertThat(answer.raiseAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(answer.settings())
        .containsExactly(
            new Setting("after", "2m", Source.PERSON, "ada", now, true),
            new Setting("used", "55.5", Source.PERSON, "ada", now, true));

    house.found.add(down(guest));
    house.look();
    house.lookAfter(Duration.ofSeconds(119));
    assertThat(house.open()).isEmpty();
    house.lookAfter(Duration.ofSeconds(1));
    assertThat(house.open()).hasSize(1);
  }

  @Test
  void switchesAKindOffAndOnAgain() {
    house.found.add(down(guest));
    house.look();
    assertThat(house.open()).hasSize(1);

    assertThat(set("enabled", "false").enabled()).isFalse();
    house.look();
    assertThat(house.open()).isEmpty();

    assertThat(set("enabled", null).enabled()).isTrue();
    house.look();
    assertThat(house.open()).hasSize(1);
  }

  @Test
  void outlivesARestartFromTheFirstLookOn() {
    set("enabled", "false");
    house.found.add(down(guest));
    house.restartWithDetector();

    house.look();

    assertThat(house.told()).isEmpty();
    assertThat(standing().enabled()).isFalse();
  }

  @Test
  void leavesWhatIsNotNamedAsItIs() {
    set("used", "70");
    house.clock.advance(Duration.ofHours(1));
    Principal bob = new Principal("bob", PrincipalKind.PERSON, "session");
    Map<String, @Nullable String> values = new HashMap<>();
    values.put("used", "70");
    values.put("gone", "5m");
    house.problems().setKind(DOWN, values, bob);

    assertThat(standing().settings()).extracting(Setting::by).containsExactly("bob", "ada");
    assertThat(set("gone", null).settings()).extracting(Setting::key).containsExactly("used");
  }

  @Test
  void takesAllBack() {
    house.problems().setKind(DOWN, Map.of("used", "70", "enabled", "false"), ADA);

    KindStanding usual = takeBack();

    assertThat(usual.settings()).isEmpty();
    assertThat(usual.enabled()).isTrue();
    assertThat(usual.limits()).containsEntry("used", 80.0);
  }

  @Test
  void recordsWhoSetWhatWithOldAndNew() {
    set("used", "70");
    set("used", "70");
    set("enabled", "false");
    takeBack();
    takeBack();

    assertThat(house.settings.audit())
        .extracting(
            AuditEntry::activity, AuditEntry::actor, AuditEntry::subject, AuditEntry::detail)
        .containsExactly(
            entry(
                "problem-kind.set",
                "{\"after\":{\"used\":\"70\"},\"before\":{\"used\":\"80\"},\"credential\":\"session\"}"),
            entry(
                "problem-kind.set",
                "{\"after\":{\"enabled\":\"false\"},\"before\":{\"enabled\":\"true\"},\"credential\":\"session\"}"),
            entry(
                "problem-kind.set",
                "{\"after\":{\"enabled\":\"true\",\"used\":\"80\"},\"before\":{\"enabled\":\"false\",\"used\":\"70\"},\"credential\":\"session\"}"));
  }

  private static Tuple entry(String activity, String detail) {
    return tuple(activity, "ada (person)", DOWN, detail);
  }

  @Test
  void refusesAWrongValueInTheWordsOfTheFileAndLosesNothing() {
    set("used", "70");
    Map<String, @Nullable String> wrong = new HashMap<>();
    wrong.put("after", "soon");
    wrong.put("gone", "1m");
    wrong.put("used", "101");
    wrong.put("size", "3");
    wrong.put("enabled", "x".repeat(65));

    assertThatThrownBy(() -> house.problems().setKind(DOWN, wrong, ADA))
        .isInstanceOfSatisfying(
            JarvisException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT);
              assertThat(refused.fields())
                  .containsExactly(
                      new FieldError(
                          "after",
                          "is a time such as 90, 30s, 10m, 2h or 3d, up to 365d, not 'soon'. It"
                              + " stays 0s."),
                      new FieldError("enabled", "has at most 64 characters"),
                      new FieldError(
                          "size",
                          "is nothing that guest-down has. It has used, enabled, after and gone."),
                      new FieldError(
                          "used", "is a number from 0 to 100 (%), not '101'. It stays 70."));
            });

    assertThat(standing().limits()).containsEntry("used", 70.0);
    assertThat(standing().settings()).hasSize(1);
    assertThat(house.settings.audit()).hasSize(1);
  }

  @Test
  void leavesToTheFileWhatTheFileNames() {
    set("used", "70");
    house.engine.configure(Map.of(FILE, "90"));
    house.look();

    assertThat(standing().limits()).containsEntry("used", 90.0);
    assertThat(standing().settings())
        .extracting(Setting::source, Setting::value, Setting::counts)
        .containsExactly(tuple(Source.FILE, "90", true), tuple(Source.PERSON, "70", false));
    assertThatThrownBy(() -> set("used", "60"))
        .hasMessage(
            "etc/org.jarvis.problems.cfg names guest-down.used, and what it says counts alone."
                + " Change it there, or remove the line.");
    assertThat(code(() -> set("used", "60"))).isEqualTo(ErrorCode.CONFLICT);
    assertThat(set("gone", "1m").clearAfter()).isEqualTo(Duration.ofMinutes(1));

    house.engine.configure(Map.of());
    house.look();

    assertThat(standing().limits()).containsEntry("used", 70.0);
  }

  @Test
  void keepsWhatAPersonSetWhereTheFileIsWrong() {
    set("used", "70");
    house.engine.configure(Map.of(FILE, "all"));
    house.look();

    assertThat(standing().limits()).containsEntry("used", 70.0);
    assertThat(standing().settings()).extracting(Setting::counts).containsExactly(false, true);
    assertThat(house.engine.health().detail())
        .contains("etc/org.jarvis.problems.cfg: guest-down.used", "not 'all'. It stays 70.");
  }

  @Test
  void saysWhereAKindHasChangedAndAValueFitsNoMore() {
    set("used", "70");
    house.watchFor(kind(DOWN));
    house.look();

    assertThat(standing().settings()).extracting(Setting::counts).containsExactly(false);
    assertThat(house.engine.health().detail())
        .contains("In the settings of the page: guest-down.used is nothing that guest-down has.");
    set("used", null);
    house.look();
    assertThat(house.engine.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void isForAPersonAlone() {
    for (PrincipalKind other : PrincipalKind.values()) {
      Principal principal = new Principal("eve", other, "t1");
      if (!principal.isPerson()) {
        assertThat(code(() -> house.problems().setKind(DOWN, Map.of("used", "1"), principal)))
            .as(other.name())
            .isEqualTo(ErrorCode.PERSON_REQUIRED);
      }
    }
    assertThat(house.settings.audit()).isEmpty();
  }

  @Test
  void knowsOnlyKindsThatADetectorDefines() {
    assertThat(code(() -> house.problems().setKind("other", Map.of("used", "1"), ADA)))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void changesNothingThatCannotBeKept() {
    house.settings.breakDown(true);

    assertThat(code(() -> set("used", "70"))).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
    assertThat(standing().limits()).containsEntry("used", 80.0);
    house.settings.breakDown(false);
    assertThat(set("used", "70").limits()).containsEntry("used", 70.0);
  }

  @Test
  void beginsAnewWhereWhatWasKeptIsDamaged() {
    for (String damaged :
        List.of("[]", "{\"guest-down\":{\"used\":{\"value\":\"7\"}}}", "{\"a\":null}")) {
      house.settings.put(KindChanges.SETTING, damaged);
      house.restartWithDetector();
      house.look();
      assertThat(house.engine.health().detail()).as(damaged).contains("is damaged");
      assertThat(standing().limits()).containsEntry("used", 80.0);
    }

    set("used", "70");

    assertThat(house.engine.health().status()).isEqualTo(ComponentHealth.Status.UP);
    house.restartWithDetector();
    house.look();
    assertThat(standing().limits()).containsEntry("used", 70.0);
  }
}
