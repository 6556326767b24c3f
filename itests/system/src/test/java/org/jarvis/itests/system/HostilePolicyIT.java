package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jarvis.itests.system.JarvisClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A bundle's own safety policy that does not do its work: whatever changes something is refused
 * within two seconds, and the policy is named. Observing goes on, and all is well without it.
 */
class HostilePolicyIT {
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int WARM_UP = 3;

  @TempDir static Path folder;

  private static RunningJarvis jarvis;
  private static JarvisClient person;

  @BeforeAll
  static void start() throws IOException {
    jarvis = RunningJarvis.demo(folder.resolve("data"), "--speed", "10");
    person = JarvisClient.firstPerson(jarvis);
    // What a first request loads is not what is measured.
    for (int i = 0; i < WARM_UP; i++) {
      assertThat(preview().status()).isEqualTo(200);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    jarvis.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throwing | throw new IllegalStateException(\"out of order\"); | failed",
        "erring | throw new StackOverflowError(); | failed",
        "mute | return null; | gave no answer",
        "hanging | while (true) { try { Thread.sleep(50); } catch (InterruptedException e) { } }"
            + " | did not answer in time",
        "leaving | try { context.getBundle().uninstall(); } catch (Exception e) {"
            + " throw new IllegalStateException(e); } return new Decision.Allow(\"Good bye.\");"
            + " | left while it was asked",
        "vanishing | try { context.getBundle().uninstall(); while (true) { Thread.sleep(50); } }"
            + " catch (Exception e) { throw new IllegalStateException(e); }"
            + " | did not answer in time",
      })
  void isRefusedInTimeAndNamed(String word, String statements, String said) throws IOException {
    String bundle = "org.example." + word;
    Path jar = dropIn(bundle, statements);
    try {
      long began = System.nanoTime();
      Reply refused = stopGuest();
      Duration took = Duration.ofNanos(System.nanoTime() - began);

      assertThat(refused.status()).as("%s", refused).isEqualTo(403);
      assertThat(refused.state()).isEqualTo("REFUSED");
      assertThat(refused.action().path("reasons").toString())
          .contains("hostile of " + bundle, said);
      assertThat(refused.action().has("approval")).isFalse();
      assertThat(took).as("%s takes", word).isLessThan(LONGEST);
      assertThat(person.run("get_vms", object()).state()).isEqualTo("SUCCEEDED");
    } finally {
      Files.delete(jar);
    }
    person.await("/api/extensions", extensions -> extensions.path("total").asInt() == 0);
    // Nothing was done, and without that policy the same request waits for a person again.
    Reply asked = stopGuest();
    assertThat(asked.state()).as("%s", asked).isEqualTo("AWAITING_APPROVAL");
    person.answer(asked.action(), "reject");
    assertThat(person.get("/api/resources/pve:demo:guest:202").body().path("status").asText())
        .isEqualTo("running");
  }

  private static Reply stopGuest() throws IOException {
    return person.run("stop_container", GateScene.guest("mimas", 202));
  }

  private static Reply preview() throws IOException {
    return person.post(
        "/api/tools/stop_container/preview",
        object().set("arguments", GateScene.guest("mimas", 202)));
  }

  /** Puts it into the folder, and consents to it as a person has to. */
  private static Path dropIn(String bundle, String statements) throws IOException {
    Path deploy = jarvis.data().resolve("deploy");
    Path built = HostileJar.withPolicy(folder.resolve(bundle + ".jar"), bundle, statements);
    Path incoming = Files.copy(built, deploy.resolve(".incoming"));
    Path jar = deploy.resolve(bundle + ".jar");
    Files.move(incoming, jar, StandardCopyOption.ATOMIC_MOVE);
    JsonNode waiting =
        person
            .await("/api/extensions", list -> list.toString().contains("awaiting-consent"))
            .path("items")
            .get(0);
    Reply consent =
        person.post(
            "/api/extensions/" + waiting.path("id").asText(), object().put("decision", "approve"));
    assertThat(consent.body().path("state").asText()).as("%s", consent).isEqualTo("running");
    return jar;
  }
}
