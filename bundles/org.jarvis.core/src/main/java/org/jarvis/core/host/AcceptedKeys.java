package org.jarvis.core.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostAttachment.KeyVerdict;
import org.jarvis.api.host.HostId;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.ServiceSlot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which key of each host a person accepted. Questions are answered from memory; what
 * cannot be read counts as accepted by nobody, and what cannot be recorded does not count. Safe
 * from any thread.
 */
final class AcceptedKeys {
  /** The name of the setting that keeps them. */
  static final String SETTING = "host-keys";

  private static final Logger LOG = LoggerFactory.getLogger(AcceptedKeys.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock;
  private final ServiceSlot<SettingStore> settings;
  private final ServiceSlot<AuditLog> audit;

  /** Serialises changes and readings; questions do not wait for it. */
  private final Object changing = new Object();

  /** The fingerprints, by host; {@code null} until they were read. */
  private volatile @Nullable Map<HostId, String> held;

  private volatile @Nullable String trouble = "The accepted host keys are not read yet.";

  AcceptedKeys(Clock clock, ServiceSlot<SettingStore> settings, ServiceSlot<AuditLog> audit) {
    this.clock = clock;
    this.settings = settings;
    this.audit = audit;
  }

  /** What is to be thought of a key that a host offers. */
  KeyVerdict verdict(HostId host, String fingerprint) {
    return accepted(host)
        .map(known -> known.equals(fingerprint) ? KeyVerdict.ACCEPTED : KeyVerdict.CHANGED)
        .orElse(KeyVerdict.UNKNOWN);
  }

  /** The key that a person accepted of this host. */
  Optional<String> accepted(HostId host) {
    Map<HostId, String> known = held;
    return known == null ? Optional.empty() : Optional.ofNullable(known.get(host));
  }

  /** What is wrong with the whole of them; empty when nothing is. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * Records that a person accepted a key of a host, or that none is accepted any more.
   *
   * @param fingerprint the key; {@code null} for none
   * @param counts called with the lock held, once it counts
   */
  void change(HostId host, @Nullable String fingerprint, Principal person, Runnable counts) {
    synchronized (changing) {
      Map<HostId, String> before = beforeChange();
      Map<HostId, String> after = new TreeMap<>(before);
      if (fingerprint == null) {
        after.remove(host);
      } else {
        after.put(host, fingerprint);
      }
      record(host, before.get(host), fingerprint, person);
      settings.require().put(SETTING, text(after));
      held = Map.copyOf(after);
      trouble = null;
      counts.run();
    }
  }

  /** What was kept is damaged for good, so what a person accepts now begins it anew. */
  private Map<HostId, String> beforeChange() {
    Map<HostId, String> known = held;
    if (known != null) {
      return known;
    }
    try {
      return read(settings.require().get(SETTING));
    } catch (JarvisException failed) {
      if (failed.code() == ErrorCode.MISCONFIGURED) {
        return Map.of();
      }
      throw failed;
    }
  }

  private void record(
      HostId host, @Nullable String before, @Nullable String after, Principal person) {
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    detail.put("before", before);
    detail.put("after", after);
    detail.put("credential", person.credential());
    audit
        .require()
        .append(
            new AuditEntry(
                clock.instant(),
                person.name() + " (" + person.kind().word() + ")",
                person.address() == null ? "browser" : "browser " + person.address(),
                after == null ? "host-key.forgotten" : "host-key.accepted",
                host.toString(),
                CanonicalJson.of(detail)));
  }

  /** Reads what was kept, unless it is known. */
  void synchronise() {
    synchronized (changing) {
      if (held != null) {
        return;
      }
      try {
        held = read(settings.require().get(SETTING));
        trouble = null;
      } catch (JarvisException failed) {
        String why = failed.getMessage();
        if (!why.equals(trouble)) {
          trouble = why;
          LOG.error("The accepted host keys cannot be read: {}", why);
        }
      }
    }
  }

  private static Map<HostId, String> read(Optional<String> kept) {
    if (kept.isEmpty()) {
      return Map.of();
    }
    try {
      JsonNode json = JSON.readTree(kept.get());
      Map<HostId, String> keys = new TreeMap<>();
      Predicate<Map.Entry<String, JsonNode>> readable =
          entry -> {
            Optional<HostId> host = HostId.parse(entry.getKey());
            host.ifPresent(id -> keys.put(id, entry.getValue().asText()));
            return host.isPresent() && entry.getValue().isTextual();
          };
      if (json.isObject() && json.properties().stream().allMatch(readable)) {
        return Map.copyOf(keys);
      }
    } catch (JsonProcessingException malformed) {
      LOG.debug("The setting {} is no JSON", SETTING, malformed);
    }
    throw new JarvisException(
        ErrorCode.MISCONFIGURED,
        "The stored host keys are damaged, so no key counts as accepted. Compare the fingerprints"
            + " of the hosts and accept their keys anew in the browser.");
  }

  private static String text(Map<HostId, String> keys) {
    Map<String, String> named = new TreeMap<>();
    keys.forEach((host, fingerprint) -> named.put(host.toString(), fingerprint));
    return CanonicalJson.of(named);
  }
}
