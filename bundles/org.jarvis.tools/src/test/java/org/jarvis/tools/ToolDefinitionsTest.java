package org.jarvis.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolOffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToolDefinitionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static List<Tool> tools() {
    return BuiltInTools.tools(Home.CLOCK, duration -> {});
  }

  @Test
  void keepsTheNamesThatOthersRelyOn() {
    assertThat(tools().stream().map(tool -> tool.definition().name()))
        .containsExactlyInAnyOrder(
            "get_cluster_status",
            "get_node_status",
            "get_vms",
            "get_containers",
            "get_storage",
            "start_vm",
            "start_container",
            "stop_vm",
            "stop_container");
  }

  @ParameterizedTest
  @MethodSource("tools")
  void hasAValidSchema(Tool tool) throws Exception {
    assertThat(metaSchema().validate(schema(tool))).isEmpty();
    assertThat(schema(tool).path("$schema").asText()).isEqualTo(DRAFT);
  }

  @Test
  void isComparedWithAMetaSchemaThatFindsMistakes() throws Exception {
    assertThat(metaSchema().validate(JSON.readTree("{\"type\": \"objekt\"}"))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("tools")
  void acceptsNoUnknownArgument(Tool tool) throws Exception {
    JsonNode schema = schema(tool);
    assertThat(schema.path("type").asText()).isEqualTo("object");
    assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
    assertThat(schema.path("additionalProperties").asBoolean()).isFalse();

    Map<String, Object> good =
        tool.definition().observes() ? Map.of() : Map.of("node", "pve1", "vmid", 101);
    assertThat(errors(tool, good)).isEmpty();
    for (String smuggled : List.of("confirmed", "approved", "override", "force_approve")) {
      Map<String, Object> bad = new HashMap<>(good);
      bad.put(smuggled, true);
      assertThat(errors(tool, bad)).as(smuggled).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("tools")
  void describesItselfAndEveryArgument(Tool tool) throws Exception {
    assertThat(tool.definition().description()).hasSizeBetween(60, 600).endsWith(".");
    JsonNode properties = schema(tool).path("properties");
    assertThat(properties.isEmpty()).isFalse();
    properties
        .properties()
        .forEach(
            property ->
                assertThat(property.getValue().path("description").asText())
                    .as(property.getKey())
                    .hasSizeGreaterThan(15)
                    .endsWith("."));
  }

  @ParameterizedTest
  @MethodSource("tools")
  void offersOnlyArgumentsThatItsSchemaAcceptsAndThatMeanTheResource(Tool tool) throws Exception {
    int offers = 0;
    for (Resource resource : resources().toList()) {
      for (ToolOffer offer : tool.offers(resource)) {
        offers++;
        assertThat(errors(tool, offer.arguments().values())).as(resource.name()).isEmpty();
        assertThat(tool.use(offer.arguments()).targets())
            .allSatisfy(
                selector -> {
                  assertThat(selector.clusterName()).hasValue("home");
                  assertThat(selector.matches(resource)).isTrue();
                });
      }
    }
    assertThat(offers).isPositive();
  }

  @ParameterizedTest
  @MethodSource("tools")
  void isNeverMoreSevereThanDefined(Tool tool) {
    resources()
        .flatMap(resource -> tool.offers(resource).stream())
        .forEach(
            offer ->
                assertThat(tool.use(offer.arguments()).effect())
                    .isLessThanOrEqualTo(tool.definition().effect()));
  }

  @Test
  void namesInversesThatAreThere() {
    Set<String> names =
        tools().stream().map(tool -> tool.definition().name()).collect(Collectors.toSet());
    tools().stream()
        .filter(tool -> tool.definition().effect() != Effect.OBSERVES)
        .forEach(tool -> assertThat(names).contains(tool.definition().inverseName().orElseThrow()));
  }

  @ParameterizedTest
  @MethodSource("guestTools")
  void wantsNodeAndNumberOfAGuest(Tool tool) throws Exception {
    assertThat(errors(tool, Map.of("node", "pve1", "vmid", 101))).isEmpty();
    assertThat(errors(tool, Map.of("cluster", "home", "node", "pve1", "vmid", 101))).isEmpty();
    assertThat(errors(tool, Map.of("node", "pve1"))).isNotEmpty();
    assertThat(errors(tool, Map.of("vmid", 101))).isNotEmpty();
    assertThat(errors(tool, Map.of("node", "pve1", "vmid", "101"))).isNotEmpty();
    assertThat(errors(tool, Map.of("node", "pve1", "vmid", 7))).isNotEmpty();
    assertThat(errors(tool, Map.of("node", "../etc", "vmid", 101))).isNotEmpty();
  }

  static List<Tool> guestTools() {
    return tools().stream().filter(tool -> tool.definition().effect() != Effect.OBSERVES).toList();
  }

  private static Schema metaSchema() {
    return SCHEMAS.getSchema(SchemaLocation.of(DRAFT));
  }

  private static Stream<Resource> resources() {
    Home home = new Home();
    home.nodes.add(Home.node("pve1", Node.Status.ONLINE));
    home.guests.add(Home.guest(101, GuestType.QEMU, Guest.Status.RUNNING));
    home.guests.add(Home.guest(201, GuestType.LXC, Guest.Status.STOPPED));
    home.storages.add(Home.storage("pve1", "local", false, Storage.Status.AVAILABLE));
    return home.clusters().get(0).resources();
  }

  private static JsonNode schema(Tool tool) throws Exception {
    return JSON.readTree(tool.definition().inputSchema());
  }

  private static List<?> errors(Tool tool, Map<String, ?> arguments) throws Exception {
    return SCHEMAS
        .getSchema(schema(tool))
        .validate(JSON.<JsonNode>valueToTree(new Arguments(Map.copyOf(arguments)).values()));
  }
}
