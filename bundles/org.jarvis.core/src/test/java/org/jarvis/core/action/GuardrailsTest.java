package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.core.MemorySettings;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardrailsTest {
  private static final Guardrails HALTED = new Guardrails(true, Autonomy.ASK);
  private static final Guardrails FREE = new Guardrails(false, Autonomy.ACT);
  private static final String ADDRESS = "10.0.0.5";

  private final MemorySettings store = new MemorySettings();
  private final ServiceSlot<SettingStore> settings = new ServiceSlot<>("No storage.");
  private final ServiceSlot<AuditLog> audit = new ServiceSlot<>("No storage.");
  private final List<Event> events = new ArrayList<>();
  private HeldGuardrails guardrails = held();

  private HeldGuardrails held() {
    return new HeldGuardrails(new SteppingClock(), settings, audit, events::add);
  }

  private void arrive() {
    settings.fill(store);
    audit.fill(store);
    guardrails.synchronise();
  }

  private boolean change(Guardrails next) {
    return guardrails.change(next, GateFixture.PERSON, ADDRESS);
  }

  @Test
  void areTheStrictestUntilTheyCanBeRead() {
    assertThat(guardrails.current()).isEqualTo(Guardrails.STRICTEST);
    assertThat(guardrails.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);

    arrive();

    assertThat(guardrails.current()).isEqualTo(Guardrails.INITIAL);
    assertThat(guardrails.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void outliveARestart() {
    arrive();
    assertThat(change(HALTED)).isTrue();

    guardrails = held();
    guardrails.synchronise();

    assertThat(guardrails.current()).isEqualTo(HALTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"halted\":\"no\",\"autonomy\":\"ask\"}",
        "{\"halted\":false,\"autonomy\":\"anything\"}",
        "{\"halted\":false",
        "[false]"
      })
  void areTheStrictestWhereWhatWasKeptIsDamaged(String kept) {
    store.put(HeldGuardrails.SETTING, kept);

    arrive();

    assertThat(guardrails.current()).isEqualTo(Guardrails.STRICTEST);
    assertThat(guardrails.health().detail()).contains("damaged");
  }

  @Test
  void canBeSetAnewWhereWhatWasKeptIsDamaged() {
    store.put(HeldGuardrails.SETTING, "?");
    arrive();

    change(FREE);

    assertThat(guardrails.current()).isEqualTo(FREE);
  }

  @ParameterizedTest
  @EnumSource(value = PrincipalKind.class, mode = EnumSource.Mode.EXCLUDE, names = "PERSON")
  void areChangedByNobodyButAPerson(PrincipalKind kind) {
    arrive();

    assertThatThrownBy(() -> guardrails.change(FREE, new Principal("ada", kind, "x"), ADDRESS))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PERSON_REQUIRED));
    assertThat(guardrails.current()).isEqualTo(Guardrails.INITIAL);
  }

  @Test
  void haltAtOnceOnAFullDiskAndAreRecordedWhenItHasRoomAgain() {
    arrive();
    store.breakDown(true);

    assertThat(change(HALTED)).isFalse();
    assertThat(guardrails.current().halted()).isTrue();
    assertThat(guardrails.health().detail()).contains("not recorded yet");

    store.breakDown(false);
    guardrails.synchronise();

    assertThat(store.get(HeldGuardrails.SETTING))
        .hasValue("{\"autonomy\":\"ask\",\"halted\":true}");
    assertThat(store.audit()).extracting(AuditEntry::activity).contains("guardrails.changed");
    assertThat(guardrails.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void goOnHaltingWhereLettingGoCannotBeRecorded() {
    arrive();
    change(HALTED);
    store.breakDown(true);

    assertThatThrownBy(() -> change(FREE)).isInstanceOf(JarvisException.class);

    assertThat(guardrails.current()).isEqualTo(HALTED);
  }

  @Test
  void raiseNoAutonomyAlongWithAHaltThatCannotBeRecorded() {
    arrive();
    store.breakDown(true);

    change(new Guardrails(true, Autonomy.ACT));

    assertThat(guardrails.current()).isEqualTo(new Guardrails(true, Autonomy.ASK));
  }

  @Test
  void tellWhoChangedThemAndFromWhere() {
    arrive();

    change(HALTED);

    assertThat(store.audit())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo("ada (person)");
              assertThat(entry.origin()).isEqualTo("browser " + ADDRESS);
              assertThat(entry.detail()).contains("kill switch off").contains("kill switch on");
            });
    assertThat(events).containsExactly(new Event.GuardrailsChanged(HALTED, "ada"));
  }
}
