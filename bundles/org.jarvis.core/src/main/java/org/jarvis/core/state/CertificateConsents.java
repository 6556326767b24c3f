package org.jarvis.core.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.connector.ClusterCertificates;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.MemberCertificate;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.KeptJson;
import org.jarvis.core.ServiceSlot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * To which certificates of clusters' members people consented. What cannot be read counts as
 * consented to by nobody, and what cannot be recorded does not count. Safe from any thread.
 */
public final class CertificateConsents implements ClusterCertificates {
  /** The name of the setting that keeps them. */
  static final String SETTING = "certificates";

  private static final Logger LOG = LoggerFactory.getLogger(CertificateConsents.class);
  private static final ObjectMapper JSON = KeptJson.with();

  private final Clock clock;
  private final LiveState states;
  private final Connections connections;
  private final ServiceSlot<SettingStore> settings;
  private final ServiceSlot<AuditLog> audit;

  /** Serialises changes, and that connectors are told of them in their order. */
  private final Object changing = new Object();

  /** By cluster and member; {@code null} until they were read. Guarded by {@link #changing}. */
  private @Nullable Map<String, Map<String, Consent>> held;

  /**
   * None yet.
   *
   * @param settings keeps them
   * @param audit notes who consented
   */
  public CertificateConsents(
      Clock clock,
      LiveState states,
      Connections connections,
      ServiceSlot<SettingStore> settings,
      ServiceSlot<AuditLog> audit) {
    this.clock = clock;
    this.states = states;
    this.connections = connections;
    this.settings = settings;
    this.audit = audit;
  }

  /** The store that keeps them has come, or may answer by now. May block. */
  public void synchronise() {
    synchronized (changing) {
      if (held != null) {
        return;
      }
      try {
        held = read(settings.require().get(SETTING).orElse("{}"));
        connections.all().forEach(this::tell);
      } catch (JarvisException failed) {
        LOG.debug("The consents to certificates are read later: {}", failed.getMessage());
      }
    }
  }

  /** Tells a connector what people consented to of its cluster. */
  void tell(ClusterConnection connection) {
    synchronized (changing) {
      if (held != null) {
        Map<String, String> fingerprints = new TreeMap<>();
        held.getOrDefault(connection.id().value(), Map.of())
            .forEach((address, consent) -> fingerprints.put(address, consent.fingerprint()));
        connection.trust().consented(fingerprints);
      }
    }
  }

  @Override
  public List<Seen> show(ClusterId cluster) {
    List<MemberCertificate> certificates = reached(cluster).trust().certificates();
    Map<String, Consent> own = of(cluster);
    return certificates.stream().map(one -> new Seen(one, own.get(one.address()))).toList();
  }

  private ClusterConnection reached(ClusterId cluster) {
    if (states.cluster(cluster).isEmpty()) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND, "No cluster has this name. GET /api/clusters lists them.");
    }
    return connections.require(cluster);
  }

  private Map<String, Consent> of(ClusterId cluster) {
    synchronized (changing) {
      return held == null ? Map.of() : held.getOrDefault(cluster.value(), Map.of());
    }
  }

  @Override
  public void accept(
      ClusterId cluster, String address, String fingerprint, String typed, Principal person) {
    requirePerson(person);
    ClusterConnection connection = reached(cluster);
    // Asked anew: what the page shows may be old, and what stands there may have changed since.
    MemberCertificate now =
        connection.trust().certificates().stream()
            .filter(one -> one.address().equals(address))
            .findFirst()
            .orElseThrow(CertificateConsents::noMember);
    check(now, fingerprint);
    if (!typed.equals(now.name())) {
      throw new JarvisException(
          ErrorCode.TYPED_NAME_WRONG, "Type the member's address exactly as it is shown.");
    }
    change(connection, now, new Consent(fingerprint, person.name(), clock.instant()), person);
  }

  private static JarvisException noMember() {
    return new JarvisException(
        ErrorCode.NOT_FOUND,
        "The cluster has no member at this address. GET /api/clusters/{id}/certificates lists"
            + " them.");
  }

  private static void check(MemberCertificate now, String fingerprint) {
    MemberCertificate.Shown shown = now.shown();
    if (shown == null) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          now.name() + " shows no certificate at present, so there is nothing to consent to.");
    }
    if (!shown.fingerprint().equals(fingerprint)) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          now.name()
              + " shows the certificate "
              + shown.fingerprint()
              + " now, not the one that was shown to you. Look at it again.");
    }
    if (now.inConfiguration()) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "The configuration of the cluster says what "
              + now.name()
              + " may show, and that counts alone. Put the new fingerprint into it.");
    }
    if (now.standing().isTrusted()) {
      throw new JarvisException(
          ErrorCode.CONFLICT, now.name() + " is trusted as it is; no consent is needed.");
    }
  }

  @Override
  public void forget(ClusterId cluster, String address, Principal person) {
    requirePerson(person);
    ClusterConnection connection = reached(cluster);
    if (!of(cluster).containsKey(address)) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND, "Nobody consented to a certificate of a member at this address.");
    }
    change(connection, address, null, null, person);
  }

  private static void requirePerson(Principal principal) {
    if (!principal.isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person signed in with a browser can consent to a certificate. No token can.");
    }
  }

  private void change(
      ClusterConnection connection, MemberCertificate now, Consent consent, Principal person) {
    change(connection, now.address(), now.shown(), consent, person);
  }

  private void change(
      ClusterConnection connection,
      String address,
      MemberCertificate.@Nullable Shown shown,
      @Nullable Consent consent,
      Principal person) {
    String cluster = connection.id().value();
    synchronized (changing) {
      Map<String, Map<String, Consent>> all = new TreeMap<>(known());
      Map<String, Consent> own = new TreeMap<>(all.getOrDefault(cluster, Map.of()));
      Consent before = consent == null ? own.remove(address) : own.put(address, consent);
      all.put(cluster, Map.copyOf(own));
      record(cluster + " " + address, before, consent, shown, person);
      settings.require().put(SETTING, text(all));
      held = Map.copyOf(all);
      connections.all().stream()
          .filter(one -> one.id().equals(connection.id()))
          .forEach(this::tell);
    }
    LOG.warn(
        "{} {} the certificate of {} in cluster {}",
        person.name(),
        consent == null ? "took back the consent to" : "consented to",
        address,
        cluster);
  }

  private Map<String, Map<String, Consent>> known() {
    Map<String, Map<String, Consent>> known = held;
    return known == null ? read(settings.require().get(SETTING).orElse("{}")) : known;
  }

  private void record(
      String subject,
      @Nullable Consent before,
      @Nullable Consent after,
      MemberCertificate.@Nullable Shown shown,
      Principal person) {
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    detail.put("before", before == null ? null : before.fingerprint());
    detail.put("after", after == null ? null : after.fingerprint());
    if (shown != null) {
      detail.put("names", shown.subject());
      detail.put("until", shown.until().toString());
    }
    detail.put("credential", person.credential());
    audit
        .require()
        .append(
            new AuditEntry(
                clock.instant(),
                person.name() + " (" + person.kind().word() + ")",
                person.address() == null ? "browser" : "browser " + person.address(),
                after == null ? "certificate.forgotten" : "certificate.accepted",
                subject,
                CanonicalJson.of(detail)));
  }

  /** What is damaged is so for good: nobody consented to anything, and what comes begins anew. */
  private static Map<String, Map<String, Consent>> read(String kept) {
    try {
      Map<String, Map<String, Consent>> all = new TreeMap<>();
      JSON.readValue(kept, new TypeReference<Map<String, Map<String, Consent>>>() {})
          .forEach((cluster, own) -> all.put(cluster, Map.copyOf(own)));
      boolean whole =
          all.values().stream()
              .flatMap(own -> own.values().stream())
              .flatMap(one -> Stream.<Object>of(one.fingerprint(), one.by(), one.at()))
              .allMatch(Objects::nonNull);
      if (whole) {
        return Map.copyOf(all);
      }
    } catch (JsonProcessingException | NullPointerException failure) {
      LOG.debug("What was kept of consents is none of ours", failure);
    }
    LOG.error(
        "The stored consents to certificates are damaged, so none counts. Compare the fingerprints"
            + " of the members and consent anew in the browser.");
    return Map.of();
  }

  private static String text(Map<String, Map<String, Consent>> all) {
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException failure) {
      throw new JarvisException(ErrorCode.INTERNAL, "A consent cannot be written.", failure);
    }
  }
}
