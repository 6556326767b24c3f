package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens every logger as far as a configuration can, and looks for credentials in the log. */
class LogCanaryIT {
  private static final String COOKIE = "canary-cookie-linnet-5518";
  private static final String BEARER = "canary-bearer-dunnock-9034";
  private static final String CLUSTER_TOKEN = "0ca4a41e-feed-4bad-cafe-5e1f7a9b3c21";

  @TempDir Path folder;

  @Test
  void credentialsAreNotLoggedAtAnyLevel() throws IOException {
    Path data = folder.resolve("data");
    Path etc = Files.createDirectories(data.resolve("etc"));
    Files.writeString(
        etc.resolve("org.jarvis.connector.proxmox-home.cfg"),
        """
        name = home
        addresses = https://127.0.0.1:1
        token = jarvis@pve!jarvis=%s
        poll.interval.seconds = 1
        """
            .formatted(CLUSTER_TOKEN),
        UTF_8);
    String levels =
        Files.readString(
                UnpackedDistribution.home().resolve("etc/org.ops4j.pax.logging.cfg"), UTF_8)
            .replace("rootLogger.level = INFO", "rootLogger.level = TRACE")
            .replace("logger.jarvis.level = INFO", "logger.jarvis.level = TRACE")
            .replace("logger.storage.level = INFO", "logger.storage.level = TRACE");
    Files.writeString(
        etc.resolve("org.ops4j.pax.logging.cfg"),
        levels
            + """
            log4j2.logger.jetty.name = org.eclipse.jetty
            log4j2.logger.jetty.level = TRACE
            log4j2.logger.felix.name = org.apache.felix
            log4j2.logger.felix.level = TRACE
            log4j2.logger.sqlite.name = org.jarvis.persistence.sqlite
            log4j2.logger.sqlite.level = TRACE
            """,
        UTF_8);

    try (RunningJarvis jarvis = RunningJarvis.demo(data)) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      assertThat(person.get("/api/clusters").status()).isEqualTo(200);
      JarvisClient.token(jarvis.url()).get("/api/clusters");
      JarvisClient.anonymous(jarvis.url())
          .with("Cookie", "jarvis_session=" + COOKIE)
          .with("Authorization", "Bearer " + BEARER)
          .get("/api/clusters");

      String log = Files.readString(data.resolve("log").resolve("jarvis.log"), UTF_8);
      assertThat(log).as("the levels were taken over").contains(" DEBUG ");
      assertThat(log)
          .doesNotContain(
              List.of(
                  COOKIE,
                  BEARER,
                  CLUSTER_TOKEN,
                  JarvisClient.PASSWORD,
                  jarvis.setupToken(),
                  "jarvis_session="));
    }
  }
}
