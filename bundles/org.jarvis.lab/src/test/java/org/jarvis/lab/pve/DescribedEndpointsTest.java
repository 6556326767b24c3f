package org.jarvis.lab.pve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jarvis.lab.ManualClock;
import org.jarvis.lab.http.LabCertificates;
import org.jarvis.lab.sim.Homelab;
import org.jarvis.lab.sim.SimulatedClock;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.Troubles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every endpoint to an extract of the API's own description of itself, version 9.2. */
class DescribedEndpointsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ApiToken TOKEN =
      new ApiToken("jarvis@pve", "operator", "secret", Role.OPERATOR);

  /** Fields of recorded replies that the description forgets. */
  private static final Map<String, Set<String>> UNDESCRIBED =
      Map.ofEntries(
          Map.entry("/nodes", Set.of("id", "type", "disk", "maxdisk")),
          Map.entry(
              "/cluster/tasks",
              Set.of(
                  "node",
                  "type",
                  "id",
                  "user",
                  "tokenid",
                  "starttime",
                  "saved",
                  "endtime",
                  "status",
                  "pid")),
          Map.entry("/nodes/{node}/tasks", Set.of("tokenid")),
          Map.entry("/nodes/{node}/tasks/{upid}/status", Set.of("tokenid")),
          Map.entry(
              "/nodes/{node}/status", Set.of("uptime", "wait", "idle", "swap", "ksm", "kversion")),
          Map.entry("/nodes/{node}/qemu", Set.of("disk")),
          Map.entry("/nodes/{node}/qemu/{vmid}/status/current", Set.of("disk")),
          Map.entry("/cluster/backup", Set.of("type")),
          Map.entry("/cluster/ha/resources", Set.of("type", "state", "digest")),
          Map.entry("/cluster/ha/rules", Set.of("type", "resources", "nodes", "order", "digest")),
          Map.entry(
              "/nodes/{node}/replication",
              Set.of(
                  "guest",
                  "jobnum",
                  "type",
                  "target",
                  "schedule",
                  "vmtype",
                  "last_try",
                  "last_sync",
                  "next_sync",
                  "duration",
                  "fail_count")),
          Map.entry("/nodes/{node}/disks/list", Set.of("by_id_link", "type", "rpm", "wearout")),
          Map.entry("/nodes/{node}/disks/smart", Set.of("wearout")),
          Map.entry("/nodes/{node}/network", Set.of("bridge_stp", "bridge_fd")),
          Map.entry("/nodes/{node}/storage/{storage}/content", Set.of("content", "subtype")),
          Map.entry("/nodes/{node}/qemu/{vmid}/snapshot", Set.of("digest", "running")),
          Map.entry("/nodes/{node}/lxc/{vmid}/snapshot", Set.of("digest", "running")),
          Map.entry("/nodes/{node}/lxc", Set.of("type", "swap", "pid")),
          Map.entry("/nodes/{node}/lxc/{vmid}/status/current", Set.of("type", "swap", "pid")));

  /** What a healthy cluster without Ceph answers with an error, as recorded. */
  private static final Set<String> ALWAYS_FAIL =
      Set.of("/cluster/ha/groups", "/cluster/ceph/status");

  /** Null in every recorded reply although the description has it required. */
  private static final Set<String> NULL_ALL_THE_SAME = Set.of("osdid-list");

  private static final MemberCertificates CERTIFICATES =
      LabCertificates.fresh(
          Homelab.ofSize(4, 12).nodes().stream()
              .map(node -> new LabCertificates.Member(node.name(), node.address()))
              .toList(),
          Instant.parse("2026-07-01T10:00:00Z"));

  private final ManualClock clock = ManualClock.atNoon();
  private final SimulatedCluster cluster =
      new SimulatedCluster(Homelab.ofSize(4, 12), new SimulatedClock(clock, 1), 7);
  private final PveApi api = claiming(Release.NINE);

  private PveApi claiming(Release release) {
    return new PveApi(cluster, List.of(TOKEN), () -> false, CERTIFICATES, release);
  }

  static Stream<JsonNode> described() throws IOException {
    return Stream.concat(extract("/described-endpoints.json"), extract("/described-writes.json"));
  }

  static Stream<JsonNode> describedByOlderReleases() throws IOException {
    return extract("/described-releases.json");
  }

  private static Stream<JsonNode> extract(String resource) throws IOException {
    try (InputStream in = DescribedEndpointsTest.class.getResourceAsStream(resource)) {
      List<JsonNode> endpoints = new ArrayList<>();
      JSON.readTree(in).forEach(endpoints::add);
      return endpoints.stream();
    }
  }

  @Test
  void everyEndpointIsDescribed() throws IOException {
    Set<String> described = new HashSet<>();
    described()
        .forEach(
            endpoint ->
                described.add(endpoint.get("verb").asText() + endpoint.get("path").asText()));

    assertThat(api.endpoints())
        .extracting(endpoint -> endpoint.method() + "/" + String.join("/", endpoint.path()))
        .containsExactlyInAnyOrderElementsOf(described);
  }

  @ParameterizedTest
  @MethodSource("described")
  void takesTheDescribedParameters(JsonNode described) {
    Endpoint endpoint = find(described);
    List<String> names = new ArrayList<>();
    described.get("parameters").fieldNames().forEachRemaining(names::add);

    assertThat(endpoint.schema())
        .extracting(Parameter::name)
        .containsExactlyInAnyOrderElementsOf(names);
    for (Parameter parameter : endpoint.schema()) {
      JsonNode form = described.get("parameters").get(parameter.name());
      assertThat(type(parameter.form())).as(parameter.name()).isEqualTo(form.get("type").asText());
      if (parameter.form() instanceof Parameter.Form.OneOf oneOf) {
        List<String> words = new ArrayList<>();
        form.get("enum").forEach(word -> words.add(word.asText()));
        assertThat(oneOf.words()).isEqualTo(words);
      }
      if (!parameter.form().equals(new Parameter.Form.Text())) {
        assertThat(parameter.required()).as(parameter.name()).isEqualTo(!form.has("optional"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("described")
  void demandsTheDescribedPrivilegeAndIsAnsweredInTheDescribedPlace(JsonNode described) {
    Endpoint endpoint = find(described);

    assertThat(endpoint.throughWorker()).isEqualTo(described.get("worker").asBoolean());
    assertThat(endpoint.onNode()).isEqualTo(described.get("onNode").asBoolean());
    JsonNode check = described.get("check");
    if (check == null) {
      assertThat(endpoint.permission()).isNull();
    } else {
      assertThat(endpoint.permission()).isEqualTo(permission(check));
    }
  }

  /** What a check of the description demands: one privilege, any of several, or either of two. */
  private static Endpoint.Permission permission(JsonNode check) {
    List<String> paths = new ArrayList<>();
    List<String> privileges = new ArrayList<>();
    if (check.get(0).asText().equals("or")) {
      for (int i = 1; i < check.size(); i++) {
        paths.add(check.get(i).get(1).asText());
      }
      check.get(1).get(2).forEach(privilege -> privileges.add(privilege.asText()));
    } else {
      paths.add(check.get(1).asText());
      check.get(2).forEach(privilege -> privileges.add(privilege.asText()));
      assertThat(privileges.size() == 1 || check.path(3).asText().equals("any")).isTrue();
    }
    return new Endpoint.Permission(paths, privileges);
  }

  @ParameterizedTest
  @MethodSource("described")
  void answersWithTheDescribedFieldsAndTypes(JsonNode described) throws IOException {
    String path = described.get("path").asText();
    JsonNode fields = described.get("fields");
    boolean reads = described.get("verb").asText().equals("GET");
    if (!reads || fields.isEmpty() || ALWAYS_FAIL.contains(path)) {
      return;
    }
    // So that there is a row to look at.
    cluster.misfortunes().begin(Troubles.Kind.NOT_IN_A_JOB, "104");
    int rows = 0;
    for (String guest : asked(path)) {
      JsonNode data = get(filled(path, guest));
      for (JsonNode row : data.isArray() ? data : List.of(data)) {
        checkRow(path, fields, row);
        rows++;
      }
    }
    assertThat(rows).as("rows of %s that were looked at", path).isPositive();
  }

  /** The guests, or at least their nodes, of which there is something to tell on a path. */
  private static List<String> asked(String path) {
    if (path.contains("/agent/")) {
      return List.of("rhea/101", "titan/103", "mimas/102");
    }
    if (path.endsWith("/interfaces")) {
      return List.of("titan/200", "mimas/202");
    }
    if (path.contains("/zfs/")) {
      return List.of("mimas/202", "dione/203");
    }
    return path.contains("qemu")
        ? List.of("rhea/101", "rhea/104", "mimas/9000", "titan/100")
        : List.of("titan/200", "dione/204", "mimas/202");
  }

  /**
   * Older descriptions leave out much of what their releases really answer; so what is held against
   * them is what they do say: privileges, fields that may not be missing, types.
   */
  @ParameterizedTest
  @MethodSource("describedByOlderReleases")
  void answersAsAnOlderReleaseWhereItClaimsToBeOne(JsonNode described) throws IOException {
    String path = described.get("path").asText();
    Release release = Release.named(described.get("release").asText()).orElseThrow();
    PveApi older = claiming(release);
    if (described.has("absent")) {
      assertThat(older.answer(request("GET", filled(path, "titan/200"))).status()).isEqualTo(501);
      return;
    }
    Endpoint endpoint = find(older, "GET", path);
    JsonNode check = described.get("check");
    if (check != null) {
      assertThat(endpoint.permission()).isEqualTo(permission(check));
    }
    if (path.equals("/cluster/ceph/status")) {
      return;
    }
    for (String guest : asked(path)) {
      JsonNode data = get(older, filled(path, guest));
      assertThat(data.toString()).doesNotContain("\"memhost\"", "\"pressure", "\"network-type\"");
      for (JsonNode row : data.isArray() ? data : List.of(data)) {
        checkDescribed(path, described.get("fields"), row);
      }
    }
  }

  private static void checkDescribed(String path, JsonNode fields, JsonNode row) {
    fields
        .properties()
        .forEach(
            field -> {
              JsonNode value = row.get(field.getKey());
              if (value == null) {
                assertThat(field.getValue().has("optional"))
                    .as("%s may be missing of %s", field.getKey(), path)
                    .isTrue();
              } else if (!path.matches(".*/(config|pending)")) {
                assertThat(
                        fits(field.getValue(), value)
                            || (value.isNull() && NULL_ALL_THE_SAME.contains(field.getKey())))
                    .as("%s of %s is %s", field.getKey(), path, value)
                    .isTrue();
              }
            });
  }

  private static void checkRow(String path, JsonNode fields, JsonNode row) {
    row.properties()
        .forEach(
            field -> {
              JsonNode form = fields.get(numbered(field.getKey()));
              if (form == null) {
                assertThat(UNDESCRIBED.getOrDefault(path, Set.of()))
                    .as("%s of %s", field.getKey(), path)
                    .contains(field.getKey());
              } else if (!path.matches(".*/(config|pending)")) {
                assertThat(
                        fits(form, field.getValue())
                            || (field.getValue().isNull()
                                && NULL_ALL_THE_SAME.contains(field.getKey())))
                    .as("%s of %s is %s", field.getKey(), path, field.getValue())
                    .isTrue();
              }
            });
    fields
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().has("optional")) {
                assertThat(row.has(field.getKey())).as("%s of %s", field.getKey(), path).isTrue();
              }
            });
  }

  private static boolean fits(JsonNode form, JsonNode value) {
    String type = form.get("type").asText();
    if (value.isNull()) {
      return form.has("optional");
    }
    if (form.has("enum") && value.isTextual()) {
      List<String> words = new ArrayList<>();
      form.get("enum").forEach(word -> words.add(word.asText()));
      return words.contains(value.asText());
    }
    return switch (type) {
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isIntegralNumber() && (value.asInt() == 0 || value.asInt() == 1);
      case "string" -> value.isTextual();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      default -> throw new AssertionError("unknown type " + type);
    };
  }

  /** {@code net0} is described as {@code net[n]}. */
  private static String numbered(String field) {
    return field.replaceAll("^(net|scsi)\\d+$", "$1[n]");
  }

  private String filled(String path, String guest) {
    int slash = guest.indexOf('/');
    String node = guest.substring(0, slash);
    PveReply made = api.answer(request("POST", "/nodes/rhea/qemu/101/status/start"));
    clock.advance(Duration.ofSeconds(1));
    String upid;
    try {
      upid = JSON.readTree(made.body()).get("data").asText();
    } catch (IOException malformed) {
      throw new AssertionError(malformed);
    }
    String onNode = path.contains("{upid}") ? "rhea" : node;
    return path.replace("{node}", onNode)
        .replace("{vmid}", guest.substring(slash + 1))
        .replace("{storage}", "nas")
        .replace("{service}", "pveproxy")
        .replace("{name}", "rpool")
        .replace("{poolid}", "media")
        .replace("{upid}", upid);
  }

  private JsonNode get(String path) throws IOException {
    return get(api, path);
  }

  private static JsonNode get(PveApi api, String path) throws IOException {
    PveReply reply = api.answer(request("GET", path, parameters(path)));
    assertThat(reply.status()).as("%s: %s", path, reply.reason()).isEqualTo(200);
    return JSON.readTree(reply.body()).get("data");
  }

  /** What a path cannot do without. */
  private static Map<String, String> parameters(String path) {
    if (path.endsWith("/smart")) {
      return Map.of("disk", path.contains("rhea") ? "/dev/sda" : "/dev/nvme0n1");
    }
    return path.endsWith("/rrddata") ? Map.of("timeframe", "hour") : Map.of();
  }

  private static PveRequest request(String method, String path) {
    return request(method, path, Map.of());
  }

  private static PveRequest request(String method, String path, Map<String, String> parameters) {
    return new PveRequest(
        method, path, Optional.of("PVEAPIToken=" + TOKEN.credential()), parameters);
  }

  private Endpoint find(JsonNode described) {
    return find(api, described.get("verb").asText(), described.get("path").asText());
  }

  private static Endpoint find(PveApi api, String verb, String path) {
    return api.endpoints().stream()
        .filter(endpoint -> endpoint.method().equals(verb))
        .filter(endpoint -> ("/" + String.join("/", endpoint.path())).equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the lab does not answer " + path));
  }

  private static String type(Parameter.Form form) {
    if (form instanceof Parameter.Form.Flag) {
      return "boolean";
    }
    if (form instanceof Parameter.Form.Decimal) {
      return "number";
    }
    if (form instanceof Parameter.Form.Several) {
      return "array";
    }
    return form instanceof Parameter.Form.Whole || form instanceof Parameter.Form.GuestNumber
        ? "integer"
        : "string";
  }
}
