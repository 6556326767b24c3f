package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.connector.MemberCertificate;
import org.jarvis.api.connector.MemberCertificate.Standing;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.connector.proxmox.FakeMember;
import org.jarvis.connector.proxmox.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people consented to, and what members show. */
class ConsentsTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final TestCertificate OTHER = TestCertificate.make();
  private static final String SECRET = "11111111-2222-3333-4444-555555555555";
  private static final ApiToken TOKEN = new ApiToken("root@pam!full", Secret.of(SECRET));
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG);
  private static final ApiPath STATUS = ApiPath.of("cluster", "status");

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private FakeMember member(TestCertificate certificate) {
    FakeMember member = new FakeMember(certificate);
    open.add(member);
    return member.on("GET /version", "get-version").on("GET /cluster/status", "get-cluster_status");
  }

  private ApiClient client(Set<Fingerprint> pins, URI... addresses) {
    return client(new Access(TOKEN, pins, "etc/x.cfg"), addresses);
  }

  private ApiClient client(Access access, URI... addresses) {
    ApiClient client = new ApiClient("test", List.of(addresses), access, PATIENT);
    open.add(client);
    return client;
  }

  private static Map<String, String> to(FakeMember member, TestCertificate certificate) {
    return Map.of(member.address().toString(), certificate.fingerprint().value());
  }

  private static JarvisException refusal(ApiClient client) {
    JarvisException refused = catchThrowableOfType(JarvisException.class, () -> client.get(STATUS));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.CERTIFICATE_UNTRUSTED);
    return refused;
  }

  @Test
  void trustsExactlyWhatAPersonConsentedTo() {
    FakeMember member = member(CERTIFICATE);
    ApiClient client = client(Set.of(), member.address());
    refusal(client);

    client.consent(to(member, CERTIFICATE));

    assertThat(client.get(STATUS).isArray()).isTrue();
    assertThat(client.isByConsent(member.address())).isTrue();
    assertThat(client.members().get(0).pinned()).isTrue();
  }

  @Test
  void refusesAnotherAndSaysToWhichAPersonConsented() {
    FakeMember member = member(CERTIFICATE);
    ApiClient client = client(Set.of(), member.address());
    client.consent(to(member, OTHER));

    assertThat(refusal(client).getMessage())
        .contains(
            "certificate has changed (sha256 " + CERTIFICATE.fingerprint(),
            "a person consented to " + OTHER.fingerprint(),
            "consent to it in the settings of the page");
    assertThat(member.requests()).isEmpty();
  }

  @Test
  void consentsToOneMemberAlone() {
    FakeMember one = member(CERTIFICATE);
    FakeMember two = member(CERTIFICATE);
    ApiClient client = client(Set.of(), two.address());

    client.consent(to(one, CERTIFICATE));

    refusal(client);
    assertThat(two.requests()).isEmpty();
  }

  @Test
  void countsNothingWhereTheConfigurationPins() {
    FakeMember member = member(CERTIFICATE);
    ApiClient all = client(Set.of(OTHER.fingerprint()), member.address());
    ApiClient one =
        client(
            new Access(
                TOKEN, Set.of(), Map.of("127.0.0.1", Set.of(OTHER.fingerprint())), "etc/x.cfg"),
            member.address());
    for (ApiClient client : List.of(all, one)) {
      client.consent(to(member, CERTIFICATE));
      assertThat(refusal(client).getMessage()).contains("pinned is " + OTHER.fingerprint());
      assertThat(client.isByConsent(member.address())).isFalse();
    }
    assertThat(member.requests()).isEmpty();
  }

  @Test
  void speaksNoMoreToAMemberWhoseConsentWasTakenBack() {
    FakeMember member = member(CERTIFICATE);
    ApiClient client = client(Set.of(), member.address());
    client.consent(to(member, CERTIFICATE));
    client.get(STATUS);
    int before = member.requests().size();

    client.consent(Map.of());

    refusal(client);
    assertThat(member.requests()).hasSize(before);
  }

  @Test
  void trustsNothingThatItCannotRead() {
    FakeMember member = member(CERTIFICATE);
    ApiClient client = client(Set.of(), member.address());

    client.consent(
        Map.of(
            member.address().toString(),
            "all of them",
            "no address",
            CERTIFICATE.fingerprint().value(),
            "https:///",
            CERTIFICATE.fingerprint().value()));

    refusal(client);
  }

  @Test
  void showsWhatAMemberShowsWithoutSendingTheToken() {
    FakeMember member = member(CERTIFICATE);
    ApiClient client = client(Set.of(), member.address());

    MemberCertificate unknown = client.certificates().get(0);

    assertThat(unknown.address()).isEqualTo(member.address().toString());
    assertThat(unknown.name()).isEqualTo("127.0.0.1");
    assertThat(unknown.standing()).isEqualTo(Standing.UNKNOWN);
    assertThat(unknown.expected()).isEmpty();
    assertThat(unknown.line()).isEqualTo("tls.fingerprint=" + CERTIFICATE.fingerprint());
    assertThat(unknown.reason()).contains("certificate is not trusted");
    assertThat(unknown.shown())
        .isEqualTo(
            new MemberCertificate.Shown(
                CERTIFICATE.fingerprint().value(),
                "CN=pve.invalid",
                "CN=pve.invalid",
                CERTIFICATE.certificate().getNotBefore().toInstant(),
                CERTIFICATE.certificate().getNotAfter().toInstant()));
    assertThat(member.requests()).isEmpty();

    client.consent(to(member, CERTIFICATE));
    MemberCertificate consented = client.certificates().get(0);

    assertThat(consented.standing()).isEqualTo(Standing.CONSENTED);
    assertThat(consented.expected()).containsExactly(CERTIFICATE.fingerprint().value());
    assertThat(consented.line()).isNull();
    assertThat(member.requests()).hasSize(1);
    assertThat(member.requests().get(0).header("authorization")).isEmpty();
  }

  @Test
  void showsWhatWasExpectedInstead() {
    FakeMember member = member(CERTIFICATE);
    ApiClient consenting = client(Set.of(), member.address());
    consenting.consent(to(member, OTHER));
    ApiClient pinning = client(Set.of(OTHER.fingerprint()), member.address());

    for (ApiClient client : List.of(consenting, pinning)) {
      MemberCertificate changed = client.certificates().get(0);
      assertThat(changed.standing()).isEqualTo(Standing.CHANGED);
      assertThat(changed.expected()).containsExactly(OTHER.fingerprint().value());
      assertThat(changed.inConfiguration()).isEqualTo(client.equals(pinning));
      assertThat(changed.shown()).isNotNull();
    }
  }

  @Test
  void looksAnewEachTime() {
    FakeMember member = member(CERTIFICATE);
    ApiClient client = client(Set.of(CERTIFICATE.fingerprint()), member.address());
    assertThat(client.certificates().get(0).standing()).isEqualTo(Standing.PINNED);
    int port = member.address().getPort();
    member.close();
    assertThat(client.certificates().get(0).standing()).isEqualTo(Standing.SILENT);
    FakeMember impostor = new FakeMember(OTHER, "127.0.0.1", port);
    open.add(impostor);

    MemberCertificate changed = client.certificates().get(0);

    assertThat(changed.standing()).isEqualTo(Standing.CHANGED);
    assertThat(changed.shown().fingerprint()).isEqualTo(OTHER.fingerprint().value());
  }
}
