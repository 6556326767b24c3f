package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.itests.system.JarvisClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools from the console: the same gate, the same record, and the same need of a person. */
class ConsoleActionsIT {
  @TempDir static Path folder;

  private static RunningJarvis jarvis;
  private static JarvisClient person;

  @BeforeAll
  static void start() throws IOException {
    jarvis = RunningJarvis.demo(folder.resolve("data"), "--speed", "10");
    person = JarvisClient.firstPerson(jarvis);
  }

  @AfterAll
  static void stop() throws IOException {
    jarvis.close();
  }

  @Test
  void startsAGuestByTheSamePathAsRestWithTheSameRecord() throws IOException {
    Reply rest = person.run("start_vm", address("rhea", 104));
    assertThat(rest.state()).as(rest.toString()).isEqualTo("SUCCEEDED");
    stopByAPerson("rhea", 104);

    Outcome console =
        jarvis.console("jarvis:run", "start_vm", "node=rhea", "vmid=104", "--wait", "60");

    assertThat(console.exitCode()).as(console.errors()).isZero();
    assertThat(console.output())
        .contains("State        SUCCEEDED", "Tier         YELLOW", "Reason       tier");
    assertThat(guest(104).path("status").asText()).isEqualTo("running");
    JsonNode byRest = person.get("/api/actions/" + rest.action().path("id").asText()).body();
    JsonNode byConsole = person.get("/api/actions/" + actionId(console.output())).body();
    for (String same : List.of("tool", "arguments", "state", "tier", "reasons")) {
      assertThat(byConsole.path(same)).as(same).isEqualTo(byRest.path(same));
    }
    assertThat(byConsole.path("origin").asText()).isEqualTo("console");
    assertThat(activities(byConsole.path("id").asText()))
        .isNotEmpty()
        .isEqualTo(activities(byRest.path("id").asText()));
    assertThat(jarvis.console("jarvis:actions", "--limit", "3").output())
        .contains("console (console)", "start_vm", actionId(console.output()));
  }

  @Test
  void aStopWaitsForAPersonAndNamesTheApproval() throws IOException {
    Outcome asked =
        jarvis.console("jarvis:run", "stop_container", "--wait", "5", "node=mimas", "vmid=202");

    assertThat(asked.exitCode()).as(asked.errors()).isZero();
    assertThat(asked.output())
        .contains("State        AWAITING_APPROVAL", "Approval ", "in the browser");
    assertThat(guest(202).path("status").asText()).isEqualTo("running");
    JsonNode action = person.get("/api/actions/" + actionId(asked.output())).body();
    assertThat(asked.output()).contains(action.path("approval").path("id").asText());
    assertThat(person.answer(action, "reject").status()).isEqualTo(200);
  }

  @Test
  void theProtectedGuestIsNotStoppedFromHereEither() throws IOException {
    String node = guest(100).path("node").asText();
    Outcome refused = jarvis.console("jarvis:run", "stop_vm", "node=" + node, "vmid=100");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).as(refused.errors()).contains("State        REFUSED");
    assertThat(refused.errors()).contains("protected");
  }

  @Test
  void saysWhatIsExpectedOfArgumentsThatAreWrong() throws IOException {
    Outcome unknown =
        jarvis.console("jarvis:run", "start_vm", "node=rhea", "vmid=104", "confirmed=true");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.errors()).contains("has no argument 'confirmed'", "vmid=integer");

    assertThat(jarvis.console("jarvis:run", "start_vm", "vmid=x").errors())
        .contains("whole number");
    assertThat(jarvis.console("jarvis:run", "start_everything").errors()).contains("jarvis:tools");
    assertThat(jarvis.console("jarvis:run", "start_vm").exitCode()).isEqualTo(1);
  }

  @Test
  void listsToolsWithTheirTier() throws IOException {
    assertThat(jarvis.console("jarvis:tools").output())
        .containsPattern("start_vm +YELLOW +available")
        .containsPattern("stop_vm +RED +available")
        .containsPattern("get_vms +GREEN +available");
  }

  private static void stopByAPerson(String node, int vmid) throws IOException {
    Reply stop = person.run("stop_vm", address(node, vmid).put("hard", true));
    String name = guest(vmid).path("name").asText();
    Reply answer =
        person.post(
            "/api/approvals/" + stop.action().path("approval").path("id").asText(),
            object().put("decision", "approve").put("typed", name));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    person.await(
        "/api/actions/" + stop.action().path("id").asText(),
        action -> action.path("state").asText().equals("SUCCEEDED"));
  }

  /** What the audit log has of an action. */
  private static Set<String> activities(String action) throws IOException {
    Set<String> activities = new TreeSet<>();
    for (JsonNode record : person.get("/api/audit?limit=1000").body().path("items")) {
      if (record.path("subject").asText().equals(action)) {
        activities.add(record.path("activity").asText());
      }
    }
    return activities;
  }

  private static String actionId(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("Action "))
        .map(line -> line.substring("Action".length()).strip())
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode guest(int vmid) throws IOException {
    return person.get("/api/resources/pve:demo:guest:" + vmid).body();
  }

  private static ObjectNode address(String node, int vmid) {
    return object().put("node", node).put("vmid", vmid);
  }
}
