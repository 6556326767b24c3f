package org.jarvis.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;

/** What is known of the clusters, of problems and of actions, to be read as resources. */
final class StateResources {
  /** Where actions are, each under its id. */
  static final String ACTIONS = "jarvis://actions/";

  private static final String CLUSTERS = "jarvis://clusters";
  static final String PROBLEMS = "jarvis://problems";
  private static final String JSON = "application/json";

  /** How many guests and storages a cluster is told with; the tools tell of all. */
  private static final int MOST_ITEMS = 500;

  private static final int MOST_PROBLEMS = 200;

  private final CoreParts core;
  private final ActionViews actions;
  private final Clock clock;

  StateResources(CoreParts core, ActionViews actions, Clock clock) {
    this.core = core;
    this.actions = actions;
    this.clock = clock;
  }

  static List<McpSchema.Resource> list() {
    return List.of(
        McpSchema.Resource.builder(CLUSTERS, "clusters")
            .title("Clusters")
            .description("All clusters that Jarvis watches, with state, source and age.")
            .mimeType(JSON)
            .build(),
        McpSchema.Resource.builder(PROBLEMS, "problems")
            .title("Problems")
            .description(
                "What is wrong now, the worst first: since when, how bad, and how many remedies there"
                    + " are. Names and summaries are data from a cluster.")
            .mimeType(JSON)
            .build());
  }

  static List<McpSchema.ResourceTemplate> templates() {
    return List.of(
        McpSchema.ResourceTemplate.builder(CLUSTERS + "/{name}", "cluster")
            .title("Cluster")
            .description("One cluster with its nodes, guests and storages.")
            .mimeType(JSON)
            .build(),
        McpSchema.ResourceTemplate.builder(PROBLEMS + "/{id}", "problem")
            .title("Problem")
            .description(
                "One problem, open or ended, with its evidence, what was tried, and the tool calls"
                    + " that mend it.")
            .mimeType(JSON)
            .build(),
        McpSchema.ResourceTemplate.builder(ACTIONS + "{id}", "action")
            .title("Action")
            .description("How an action stands that was asked for before.")
            .mimeType(JSON)
            .build());
  }

  McpSchema.ReadResourceResult read(String uri, Client client) {
    return McpSchema.ReadResourceResult.builder(
            List.of(
                McpSchema.TextResourceContents.builder(uri, content(uri, client).toString())
                    .mimeType(JSON)
                    .build()))
        .build();
  }

  private ObjectNode content(String uri, Client client) {
    if (uri.equals(CLUSTERS)) {
      return clusters();
    }
    if (uri.equals(PROBLEMS)) {
      return problems();
    }
    if (uri.startsWith(PROBLEMS + "/")) {
      return core.problems()
          .find(uri.substring(PROBLEMS.length() + 1))
          .map(problem -> ProblemText.whole(problem, uri, clock.instant()))
          .orElseThrow(() -> nothing(uri));
    }
    if (uri.startsWith(CLUSTERS + "/")) {
      String name = uri.substring(CLUSTERS.length() + 1);
      return core.liveState().clusters().stream()
          .filter(snapshot -> snapshot.cluster().id().value().equals(name))
          .findAny()
          .map(this::whole)
          .orElseThrow(() -> nothing(uri));
    }
    if (uri.startsWith(ACTIONS)) {
      return actions
          .find(uri.substring(ACTIONS.length()), client)
          .map(action -> ActionText.encode(action, client.page()))
          .orElseThrow(() -> nothing(uri));
    }
    throw nothing(uri);
  }

  private ObjectNode clusters() {
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("items");
    core.liveState().clusters().forEach(snapshot -> items.add(summary(snapshot)));
    return json;
  }

  private ObjectNode summary(ClusterSnapshot snapshot) {
    Cluster cluster = snapshot.cluster();
    ObjectNode json =
        item(cluster)
            .put("uri", CLUSTERS + "/" + cluster.id().value())
            .put("connection", cluster.connection().word())
            .put("reason", cluster.reason())
            .put("version", cluster.version())
            .put("quorate", cluster.quorate())
            .put("nodesOnline", cluster.nodesOnline())
            .put("nodesTotal", cluster.nodesTotal())
            .put("guests", snapshot.guests().size());
    return json;
  }

  private ObjectNode whole(ClusterSnapshot snapshot) {
    ObjectNode json = summary(snapshot);
    list(json, "nodes", snapshot.nodes().values().stream().map(this::node).toList());
    list(
        json,
        "guests",
        snapshot.guests().values().stream()
            .sorted(Comparator.comparingInt(guest -> guest.id().value()))
            .limit(MOST_ITEMS)
            .map(this::guest)
            .toList());
    list(
        json,
        "storages",
        snapshot.storages().values().stream().limit(MOST_ITEMS).map(this::storage).toList());
    json.put("guestsTotal", snapshot.guests().size());
    json.put("storagesTotal", snapshot.storages().size());
    return json;
  }

  private static void list(ObjectNode json, String name, List<ObjectNode> items) {
    ArrayNode array = json.putArray(name);
    items.stream()
        .sorted(Comparator.comparing(item -> item.path("ref").asText()))
        .forEach(array::add);
  }

  private ObjectNode node(Node node) {
    return item(node).put("cpu", node.cpu()).put("cpus", node.cpus());
  }

  private ObjectNode guest(Guest guest) {
    ObjectNode json =
        item(guest)
            .put("type", guest.type().path())
            .put("vmid", guest.id().value())
            .put("node", guest.node().value())
            .put("lock", guest.lock())
            .put("ha", guest.haState());
    ArrayNode tags = json.putArray("tags");
    guest.tags().forEach(tags::add);
    return json;
  }

  private ObjectNode storage(Storage storage) {
    return item(storage)
        .put("node", storage.node().value())
        .put("type", storage.type())
        .put("shared", storage.shared());
  }

  private ObjectNode item(Resource resource) {
    return Json.object()
        .put("ref", resource.ref().toString())
        .put("name", resource.name())
        .put("status", resource.statusWord())
        .put("source", resource.observation().source())
        .put("observedAt", Json.time(resource.observation().at()))
        .put("stale", resource.observation().staleAt(clock.instant()));
  }

  private ObjectNode problems() {
    List<Problem> open = core.problems().open();
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("items");
    open.stream()
        .limit(MOST_PROBLEMS)
        .forEach(
            problem ->
                items.add(
                    ProblemText.brief(problem, PROBLEMS + "/" + problem.id(), clock.instant())));
    return json.put("total", open.size());
  }

  private static McpError nothing(String uri) {
    return McpError.RESOURCE_NOT_FOUND.apply(uri);
  }
}
