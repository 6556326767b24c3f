package org.jarvis.core.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.ServiceSlot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the guardrails in memory, and keeps them in the settings. What cannot be read counts as the
 * strictest there is; turning the kill switch on waits for no disk.
 */
final class HeldGuardrails implements GuardrailSettings, HealthContributor {
  /** The name of the setting that keeps them. */
  static final String SETTING = "guardrails";

  private static final Logger LOG = LoggerFactory.getLogger(HeldGuardrails.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HALTED = "halted";
  private static final String AUTONOMY = "autonomy";

  private final Clock clock;
  private final ServiceSlot<SettingStore> settings;
  private final ServiceSlot<AuditLog> audit;
  private final Consumer<Event> events;
  private final Object changing = new Object();

  /** How many are turning the kill switch on at this moment, which counts before it is recorded. */
  private final AtomicInteger halting = new AtomicInteger();

  /** What counts; {@code null} until it was read, or set in this life. */
  private volatile @Nullable Guardrails held;

  /**
   * Who turned the kill switch on while that could not be recorded. Guarded by {@link #changing}.
   */
  private @Nullable Principal unrecorded;

  private volatile @Nullable String trouble = "they are not read yet";

  HeldGuardrails(
      Clock clock,
      ServiceSlot<SettingStore> settings,
      ServiceSlot<AuditLog> audit,
      Consumer<Event> events) {
    this.clock = clock;
    this.settings = settings;
    this.audit = audit;
    this.events = events;
  }

  @Override
  public Guardrails current() {
    Guardrails known = held;
    if (known == null) {
      return Guardrails.STRICTEST;
    }
    return halting.get() > 0 ? new Guardrails(true, known.autonomy()) : known;
  }

  @Override
  public boolean change(Guardrails next, Principal principal, String address) {
    if (!principal.isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person signed in with a browser can change the guardrails. No token can.");
    }
    Principal person = principal.from(address);
    boolean recorded = next.halted() ? halt(next, person) : set(next, person);
    LOG.warn("{} set the guardrails: {}", person.name(), words(next));
    events.accept(new Event.GuardrailsChanged(next, person.name()));
    return recorded;
  }

  private boolean set(Guardrails next, Principal person) {
    synchronized (changing) {
      record(current(), next, person);
      held = next;
      unrecorded = null;
      trouble = null;
      return true;
    }
  }

  /** Counts at once; the lock may be held by whoever waits for a slow disk. */
  private boolean halt(Guardrails next, Principal person) {
    halting.incrementAndGet();
    try {
      synchronized (changing) {
        Guardrails known = held;
        Guardrails before = known == null ? Guardrails.STRICTEST : known;
        try {
          record(before, next, person);
          held = next;
          unrecorded = null;
          trouble = null;
          return true;
        } catch (JarvisException unavailable) {
          held = new Guardrails(true, stricter(before.autonomy(), next.autonomy()));
          unrecorded = person;
          trouble = "the kill switch is on, but not recorded yet: " + unavailable.getMessage();
          LOG.error("The guardrails: {}", trouble);
          return false;
        }
      }
    } finally {
      halting.decrementAndGet();
    }
  }

  private void record(Guardrails before, Guardrails next, Principal person) {
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    detail.put("before", words(before));
    detail.put("after", words(next));
    detail.put("credential", person.credential());
    audit
        .require()
        .append(
            new AuditEntry(
                clock.instant(),
                person.name() + " (" + person.kind().word() + ")",
                Actor.way(Origin.BROWSER, person.address()),
                "guardrails.changed",
                SETTING,
                CanonicalJson.of(detail)));
    settings.require().put(SETTING, text(next));
  }

  /** Reads what was kept, or records what could not be recorded. Called by a timer. */
  void synchronise() {
    synchronized (changing) {
      try {
        Principal person = unrecorded;
        if (person != null) {
          record(current(), current(), person);
          unrecorded = null;
          trouble = null;
        } else if (held == null) {
          held = read(settings.require().get(SETTING));
          trouble = null;
        }
      } catch (JarvisException failed) {
        String why = failed.getMessage();
        if (!why.equals(trouble)) {
          trouble = why;
          if (settings.get().isEmpty()) {
            // Ordinary for a moment at every start, and what is missing says so itself.
            LOG.info("The strictest guardrails count until they can be read: {}", why);
          } else {
            LOG.error("The guardrails cannot be read or recorded: {}", why);
          }
        }
      }
    }
  }

  private static Guardrails read(Optional<String> kept) {
    if (kept.isEmpty()) {
      return Guardrails.INITIAL;
    }
    try {
      JsonNode json = JSON.readTree(kept.get());
      Optional<Autonomy> autonomy = Autonomy.of(json.path(AUTONOMY).asText());
      if (json.path(HALTED).isBoolean() && autonomy.isPresent()) {
        return new Guardrails(json.path(HALTED).asBoolean(), autonomy.get());
      }
    } catch (JsonProcessingException malformed) {
      LOG.debug("The setting {} is no JSON", SETTING, malformed);
    }
    throw new JarvisException(
        ErrorCode.MISCONFIGURED,
        "The stored guardrails are damaged, so the strictest count: nothing runs that a person has"
            + " not directly asked for. Set them anew in the browser.");
  }

  private static String text(Guardrails guardrails) {
    return CanonicalJson.of(
        Map.of(HALTED, guardrails.halted(), AUTONOMY, guardrails.autonomy().word()));
  }

  private static String words(Guardrails guardrails) {
    return "kill switch "
        + (guardrails.halted() ? "on" : "off")
        + ", autonomy "
        + guardrails.autonomy().word();
  }

  private static Autonomy stricter(Autonomy one, Autonomy other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  @Override
  public ComponentHealth health() {
    String why = trouble;
    if (why != null) {
      return new ComponentHealth(
          SETTING, ComponentHealth.Status.DEGRADED, "The guardrails: " + why);
    }
    return new ComponentHealth(
        SETTING, ComponentHealth.Status.UP, "They are known: " + words(current()) + ".");
  }
}
