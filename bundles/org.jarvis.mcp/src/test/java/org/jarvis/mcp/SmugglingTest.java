package org.jarvis.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.tool.Arguments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a client puts where: the gate is asked by the same identity and the same way. */
class SmugglingTest {
  private static final List<String> WORDS =
      List.of(
          "confirmed",
          "approved",
          "override",
          "force_approve",
          "consent",
          "approval",
          "approvalId",
          "skipApproval",
          "principal",
          "origin",
          "human_confirmed",
          "elicitation",
          "role",
          "user",
          "scope",
          "audience",
          "sudo",
          "tier",
          "trusted",
          "fingerprint");

  private static final Principal ASKING =
      new Principal("owner", PrincipalKind.MCP, "operate", "127.0.0.1");

  private HouseServer server;
  private String session;

  @BeforeEach
  void start() throws Exception {
    server = new HouseServer();
    server.house.next = ActionState.AWAITING_APPROVAL;
    session = server.open(HouseServer.OPERATE);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private ActionRequest asked(String params, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Mcp-Session-Id", session));
    HttpResponse<String> answer =
        server.send(
            "POST",
            HouseServer.OPERATE,
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + params + "}",
            all.toArray(String[]::new));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("AWAITING_APPROVAL");
    return server.house.requests.get(server.house.requests.size() - 1);
  }

  @Test
  void readsNothingAsConsentWhereverItIsPut() throws Exception {
    Arguments plain = new Arguments(Map.of("vmid", 101));
    for (String word : WORDS) {
      String claim = "\"" + word + "\":true";
      List<ActionRequest> asked =
          List.of(
              asked(
                  "{\"name\":\"start_vm\",\"arguments\":{\"vmid\":101},\"_meta\":{" + claim + "}}"),
              asked("{\"name\":\"start_vm\",\"arguments\":{\"vmid\":101}," + claim + "}"),
              asked(
                  "{\"name\":\"start_vm\",\"arguments\":{\"vmid\":101},\"_meta\":{\"jarvis\":{"
                      + claim
                      + "},\"progressToken\":{"
                      + claim
                      + "}}}"),
              asked(
                  "{\"name\":\"start_vm\",\"arguments\":{\"vmid\":101}}",
                  "X-Jarvis-" + word.replace('_', '-'),
                  "true"));
      assertThat(asked).containsOnly(new ActionRequest("start_vm", plain, ASKING, Origin.MCP));
      // Among the arguments it is an argument, which the tool's closed schema refuses in the gate.
      assertThat(
              asked("{\"name\":\"start_vm\",\"arguments\":{\"vmid\":101," + claim + "}}")
                  .arguments()
                  .values())
          .containsEntry(word, true);
    }
    assertThat(server.house.requests)
        .hasSize(100)
        .allMatch(request -> request.origin() == Origin.MCP)
        .allMatch(request -> request.principal().equals(ASKING));
  }
}
