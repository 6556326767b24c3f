package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of releases out of support. */
class VersionDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new VersionDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(version("7.4-20"));
  }

  private static Situation version(String version) {
    Cluster now = House.cluster(House.NOW);
    return House.well()
        .with(
            new Cluster(
                now.id(),
                now.name(),
                now.status(),
                now.connection(),
                null,
                version,
                true,
                3,
                3,
                3,
                3,
                now.whereabouts(),
                now.observation()))
        .build();
  }

  @ParameterizedTest
  @CsvSource({"6.4-15,1", "7.4-20,1", "8.4.5,0", "9.2.1,0", "10.0,0", "odd,0"})
  void knowsUntilWhenThereAreFixes(String version, int problems) {
    assertThat(detector().detect(version(version))).hasSize(problems);
  }

  @Test
  void saysSinceWhen() {
    assertThat(detector().detect(version("7.4-20")).get(0).summary())
        .isEqualTo(
            "homelab runs Proxmox VE 7.4-20, which gets no security fixes since 2024-07-31.");
  }
}
