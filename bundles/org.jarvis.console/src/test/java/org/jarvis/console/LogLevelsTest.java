package org.jarvis.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLevelsTest {
  private final FakeConfigurations configurations =
      new FakeConfigurations()
          .with("log4j2.rootLogger.level", "INFO")
          .with("log4j2.logger.jarvis.name", "org.jarvis")
          .with("log4j2.logger.jarvis.level", "WARN");
  private final LogLevels levels = new LogLevels(configurations);

  @Test
  void showsWhatIsSetTheRootFirst() {
    assertThat(levels.all().keySet()).containsExactly("ROOT", "org.jarvis");
    assertThat(levels.of("root")).isEqualTo("INFO");
    assertThat(levels.of("org.jarvis")).isEqualTo("WARN");
  }

  @Test
  void loggerInheritsFromTheOneAbove() {
    assertThat(levels.of("org.jarvis.core.state")).isEqualTo("WARN");
    assertThat(levels.of("com.zaxxer")).isEqualTo("INFO");
  }

  @Test
  void changesWhereItIsSetAlready() {
    levels.set("org.jarvis", "debug");

    assertThat(configurations.value("log4j2.logger.jarvis.level")).isEqualTo("DEBUG");
    assertThat(levels.all()).hasSize(2);
  }

  @Test
  void addsWhatIsNotSetYet() {
    levels.set("org.jarvis.core", "TRACE");

    assertThat(levels.of("org.jarvis.core")).isEqualTo("TRACE");
    assertThat(levels.of("org.jarvis")).isEqualTo("WARN");
  }

  @Test
  void everyLoggerCanBeMadeQuieter() {
    levels.set("ROOT", "ERROR");
    levels.set("org.eclipse.jetty", "OFF");

    assertThat(levels.of("ROOT")).isEqualTo("ERROR");
    assertThat(levels.of("org.eclipse.jetty.server")).isEqualTo("OFF");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ROOT",
        "root",
        "org",
        "org.eclipse.jetty",
        "org.apache.felix.http",
        "org.jarvisx",
        "org.jarvis.persistence",
        "org.jarvis.persistence.sqlite.AccountMapper"
      })
  void whatMayHoldCredentialsStaysAtInfo(String logger) {
    for (String level : new String[] {"DEBUG", "TRACE", "trace"}) {
      assertThatThrownBy(() -> levels.set(logger, level))
          .isInstanceOfSatisfying(
              JarvisException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_INPUT))
          .hasMessageContaining("stays at INFO");
    }
    assertThat(levels.all()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "org.jarvis, LOUD",
    "org.jarvis, ALL",
    "'', INFO",
    "'org.jarvis\nlog4j2.x', INFO",
    "'org jarvis', INFO",
    ".., INFO",
    "'${env:HOME}', INFO"
  })
  void wrongNamesAndLevelsAreRefused(String logger, String level) {
    assertThatThrownBy(() -> levels.set(logger, level)).isInstanceOf(JarvisException.class);
    assertThat(levels.all()).hasSize(2);
  }

  @Test
  void missingConfigurationIsSaid() {
    assertThatThrownBy(() -> new LogLevels(new FakeConfigurations()).all())
        .hasMessageContaining("org.ops4j.pax.logging.cfg is missing");
  }
}
