package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of services. */
class ServiceDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new ServiceDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(
        service("pvescheduler", "failed", "enabled").build(),
        service("corosync", "inactive", "enabled").build());
  }

  private static FakeSituation.Builder service(String name, String active, String unit) {
    return House.well()
        .with(
            House.NODE1,
            new NodeServices(
                List.of(new NodeServices.Service(name, "a daemon", "dead", active, unit))));
  }

  @Test
  void startsWhatFailed() {
    assertThat(detector().detect(service("pvescheduler", "failed", "enabled").build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("start_service {cluster=home, node=pve1, service=pvescheduler}");
            });
  }

  @Test
  void startsWhatANodeCannotDoWithout() {
    assertThat(detector().detect(service("corosync", "inactive", "enabled").build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("start_service {cluster=home, node=pve1, service=corosync}");
            });
  }

  @ParameterizedTest
  @CsvSource({"postfix,failed,disabled", "ksmtuned,inactive,enabled", "pveproxy,active,enabled"})
  void mindsNoServiceThatMayRest(String name, String active, String unit) {
    assertThat(detector().detect(service(name, active, unit).build())).isEmpty();
  }
}
