package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of certificates. */
class CertificateDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new CertificateDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(expiring("pve-ssl.pem", 5).build());
  }

  private static FakeSituation.Builder expiring(String file, int days) {
    return House.well()
        .with(
            House.NODE1,
            new NodeCertificates(
                List.of(
                    new NodeCertificates.Certificate(
                        file,
                        "CN=pve1",
                        null,
                        null,
                        null,
                        House.NOW.plus(Duration.ofDays(days)).plusSeconds(60),
                        List.of()))));
  }

  @ParameterizedTest
  @CsvSource({
    "5,WARNING,expires in 5 days",
    "1,CRITICAL,expires in 24 hours",
    "-3,CRITICAL,expired 2 days ago"
  })
  void renewsInTime(int days, Severity severity, String words) {
    assertThat(detector().detect(expiring("pve-ssl.pem", days).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.summary()).contains(words);
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("renew_certificate {cluster=home, node=pve1}");
            });
  }

  @Test
  void leavesTheAuthorityToAPerson() {
    assertThat(detector().detect(expiring("pve-root-ca.pem", 5).build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.withoutRemedy()).contains("authority"));
  }

  @Test
  void leavesProxmoxTheTimeToRenewItself() {
    assertThat(detector().detect(expiring("pve-ssl.pem", 13).build())).isEmpty();
  }
}
