package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hostile text becomes in the log, by the distribution's own configuration and logging. */
class LogFormIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "json.log4j2.appender.file.layout.pattern",
        "json.log4j2.appender.console.layout.pattern"
      })
  void everyRecordInJsonIsOneObjectInOneLine(String key) throws IOException {
    List<String> lines = write(key).lines().toList();

    assertThat(lines).hasSize(2);
    for (String line : lines) {
      JsonNode record = JSON.readTree(line);
      assertThat(record.fieldNames())
          .toIterable()
          .containsExactly("time", "level", "thread", "logger", "message", "exception");
      assertThat(record.path("level").asText()).isEqualTo("WARN");
      assertThat(record.path("message").asText())
          .contains("{\"level\":\"FORGED\"}", "${env:PATH}", "\u0000\u001b[31m", "ä");
    }
    assertThat(JSON.readTree(lines.get(0)).path("exception").asText()).isEmpty();
    assertThat(JSON.readTree(lines.get(1)).path("exception").asText())
        .startsWith("java.lang.IllegalStateException: a \"q\"")
        .contains("Caused by: java.lang.IllegalArgumentException");
  }

  @Test
  void everyRecordInTextBeginsALineAndNothingElseDoes() throws IOException {
    String text = write("log4j2.appender.file.layout.pattern");

    assertThat(text.lines().filter(line -> !line.startsWith("    ")))
        .hasSize(2)
        .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+ WARN  \\[.*"));
    assertThat(text.lines()).anyMatch(line -> line.startsWith("    Caused by: "));
    assertThat(text.replaceAll("[\n\t]", "").codePoints())
        .noneMatch(point -> Character.isISOControl(point) || point == 0x202e || point == 0x2028);
    assertThat(text).contains("${env:PATH}");
  }

  @Test
  void whatIsComplainedOfIsOneLineEach() throws IOException {
    String text = write("log4j2.appender.console.layout.pattern");

    assertThat(text.lines()).hasSize(2).allMatch(line -> line.startsWith("WARN  a \"q\""));
    assertThat(text.replace("\n", "").codePoints()).noneMatch(Character::isISOControl);
  }

  private String write(String key) throws IOException {
    Path home = UnpackedDistribution.home();
    Path records = folder.resolve("records");
    Outcome outcome =
        Commands.run(
            folder,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-classpath",
            jars(home.resolve("system/org/ops4j/pax/logging"), home.resolve("lib/boot")),
            Path.of("src", "test", "resources", "PrintRecords.java").toAbsolutePath().toString(),
            home.resolve("etc/org.ops4j.pax.logging.cfg").toString(),
            key,
            records.toString());
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    return Files.readString(records, UTF_8);
  }

  private static String jars(Path... folders) throws IOException {
    StringBuilder path = new StringBuilder();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        path.append(
            files
                .map(Path::toString)
                .filter(name -> name.endsWith(".jar") && !name.contains("logback"))
                .collect(Collectors.joining(":", "", ":")));
      }
    }
    return path.toString();
  }
}
