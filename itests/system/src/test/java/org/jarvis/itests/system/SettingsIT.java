package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jarvis.itests.system.JarvisClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sets on the page: to which certificate to consent, and what is a problem. */
class SettingsIT {
  private static final String CERTIFICATES = "/api/clusters/home/certificates";
  private static final String KIND = "/api/problem-kinds/guest-crashed";
  private static final String FILE = "org.jarvis.problems.cfg";

  @TempDir Path folder;

  @Test
  void countsAtOnceAndAcrossARestartAndWritesNoFile() throws IOException {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Path data = folder.resolve("data");
    String problems = "# Ours, in git.\nguest-crashed.gone = 2m\n";
    Files.writeString(etc.resolve(FILE), problems);
    RunningLab lab = RunningLab.start(folder.resolve("lab"), Ports.forLab());
    try {
      Files.writeString(etc.resolve("org.jarvis.connector.proxmox-home.cfg"), unpinned(lab));
      try (RunningJarvis jarvis = RunningJarvis.run(data, "--etc", etc.toString())) {
        JarvisClient person = JarvisClient.firstPerson(jarvis);
        JarvisClient token = JarvisClient.token(jarvis.url());
        consentToTheCertificate(person, token);
        setWhatIsAProblem(person, token);
      }

      try (RunningJarvis jarvis = RunningJarvis.run(data, "--etc", etc.toString())) {
        JarvisClient person = JarvisClient.person(jarvis.url());
        person.await("/api/clusters", clusters -> connection(clusters).equals("live"));
        assertThat(certificate(person).path("standing").asText()).isEqualTo("consented");
        JsonNode kind =
            person.await("/api/problem-kinds", kinds -> !kind(kinds).path("settings").isEmpty());
        assertThat(kind(kind).at("/now/enabled").asBoolean()).isFalse();
        assertThat(kind(kind).at("/now/after").asInt()).isEqualTo(600);

        assertThat(person.get("/api/audit?limit=1000").body().toString())
            .contains("certificate.accepted", "problem-kind.set");
        assertThat(person.get("/api/audit/verify").body().path("valid").asBoolean()).isTrue();
        takeBack(person);
      }
      assertThat(Files.readString(etc.resolve(FILE))).isEqualTo(problems);
    } finally {
      lab.kill();
    }
  }

  private static void consentToTheCertificate(JarvisClient person, JarvisClient token)
      throws IOException {
    person.await("/api/clusters", clusters -> connection(clusters).equals("failing"));
    JsonNode unknown = certificate(person);
    assertThat(unknown.path("standing").asText()).isEqualTo("unknown");
    assertThat(unknown.at("/shown/until").asText()).isNotEmpty();
    ObjectNode consent =
        object()
            .put("decision", "accept")
            .put("address", unknown.path("address").asText())
            .put("fingerprint", unknown.at("/shown/fingerprint").asText())
            .put("typed", unknown.path("name").asText());

    Reply byToken = token.post(CERTIFICATES, consent);
    assertThat(byToken.status()).isEqualTo(403);
    assertThat(byToken.body().path("code").asText()).isEqualTo("person-required");
    assertThat(person.post(CERTIFICATES, consent.deepCopy().put("typed", "home")).status())
        .isEqualTo(422);
    assertThat(person.post(CERTIFICATES, consent.deepCopy().put("fingerprint", "4F:0A")).status())
        .isEqualTo(409);
    assertThat(certificate(person).path("trusted").asBoolean()).isFalse();

    Reply accepted = person.post(CERTIFICATES, consent);
    assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
    person.await("/api/clusters", clusters -> connection(clusters).equals("live"));
  }

  private static void setWhatIsAProblem(JarvisClient person, JarvisClient token)
      throws IOException {
    ObjectNode values = object().put("enabled", false).put("after", "10m");
    ObjectNode body = object().set("values", values);
    assertThat(token.put(KIND, body).status()).isEqualTo(403);
    assertThat(person.put(KIND, object().set("values", object().put("after", "soon"))).status())
        .isEqualTo(422);
    assertThat(person.put(KIND, object().set("values", object().put("gone", "1m"))).status())
        .isEqualTo(409);

    Reply set = person.put(KIND, body);

    assertThat(set.status()).as(set.toString()).isEqualTo(200);
    assertThat(set.body().at("/now/enabled").asBoolean()).isFalse();
    assertThat(set.body().at("/now/clearAfter").asInt()).isEqualTo(120);
  }

  private static void takeBack(JarvisClient person) throws IOException {
    Reply usual =
        person.put(KIND, object().set("values", object().putNull("enabled").putNull("after")));
    assertThat(usual.body().at("/now/enabled").asBoolean()).isTrue();
    assertThat(usual.body().path("settings").findValuesAsText("source")).containsExactly("file");
    ObjectNode forget =
        object()
            .put("decision", "forget")
            .put("address", certificate(person).path("address").asText());
    assertThat(person.post(CERTIFICATES, forget).status()).isEqualTo(200);
    assertThat(certificate(person).path("standing").asText()).isEqualTo("unknown");
    person.await("/api/clusters", clusters -> connection(clusters).equals("failing"));
  }

  private static JsonNode certificate(JarvisClient person) throws IOException {
    return person.get(CERTIFICATES).body().path("items").path(0);
  }

  private static JsonNode kind(JsonNode kinds) {
    for (JsonNode kind : kinds.path("items")) {
      if (kind.path("id").asText().equals("guest-crashed")) {
        return kind;
      }
    }
    throw new AssertionError("There is no such kind in " + kinds);
  }

  private static String unpinned(RunningLab lab) {
    List<String> lines =
        lab.configuration().lines().filter(line -> !line.startsWith("tls.")).toList();
    return String.join("\n", lines) + "\n";
  }

  private static String connection(JsonNode clusters) {
    return clusters.path("items").path(0).path("connection").asText();
  }
}
