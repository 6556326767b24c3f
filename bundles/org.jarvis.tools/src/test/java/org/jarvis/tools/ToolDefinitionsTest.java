package org.jarvis.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.host.Commands;
import org.jarvis.tools.host.HouseAnalyst;
import org.jarvis.tools.host.HouseHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every built-in tool. */
class ToolDefinitionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /** Those whose arguments nobody can guess from a resource, or that a menu has no use for. */
  private static final Set<String> OFFERED_NOWHERE =
      Set.of(
          "get_problems",
          "show_on_screen",
          "clear_screen",
          "get_cluster_resources",
          "get_task_log",
          "get_metrics_history",
          "get_node_temperature",
          "get_node_system",
          "get_zfs_pools",
          "get_node_certificates",
          "get_replication_jobs",
          "get_cluster_log",
          "get_ceph_status",
          "get_cluster_connection",
          "get_cluster_privileges",
          "get_guest_status",
          "get_guest_agent",
          "create_snapshot",
          "delete_snapshot",
          "rollback_snapshot",
          "delete_backup",
          "delete_vm",
          "delete_container",
          "set_tags",
          "set_vm_config",
          "set_container_config",
          "resize_disk",
          "clone_vm",
          "clone_container",
          "start_service",
          "stop_service",
          "restart_service",
          "stop_task",
          "run_replication",
          "start_zfs_scrub",
          "renew_certificate",
          "clean_package_cache",
          "reset_ha_service",
          "execute_ssh",
          "get_service_status",
          "get_disk_health",
          "get_zfs_status",
          "list_docker_containers",
          "restart_docker_container");

  /** Those that nothing but a host itself can do. */
  private static final String[] NEED_HOSTS = {
    "execute_ssh",
    "get_service_status",
    "get_journal",
    "get_disk_health",
    "list_docker_containers",
    "restart_docker_container",
    "start_zfs_scrub",
    "renew_certificate",
    "clean_package_cache",
    "unlock_vm",
    "unlock_container"
  };

  static List<Tool> tools() {
    Home home = home();
    return Toolbox.tools(home, HouseHosts.commands(home), Home.CLOCK, duration -> {});
  }

  @Test
  void keepsTheNamesThatOthersRelyOn() {
    assertThat(tools().stream().map(tool -> tool.definition().name()))
        .doesNotHaveDuplicates()
        .contains(
            "get_cluster_status",
            "get_node_status",
            "get_vms",
            "get_containers",
            "get_storage",
            "get_cluster_resources",
            "get_node_temperature",
            "get_recent_tasks",
            "get_backups",
            "execute_ssh",
            "get_service_status",
            "get_journal",
            "get_disk_health",
            "get_zfs_status",
            "list_docker_containers",
            "restart_docker_container",
            "wake_node",
            "restart_service",
            "start_vm",
            "stop_vm",
            "restart_vm",
            "start_container",
            "stop_container",
            "restart_container",
            "reboot_node");
  }

  @Test
  void readsEveryAspectThatThereIs() throws Exception {
    String sources = "";
    for (String file :
        List.of("ClusterReads", "NodeReads", "GuestReads", "StorageReads", "NodeStatusTool")) {
      sources += Files.readString(Path.of("src/main/java/org/jarvis/tools/read", file + ".java"));
    }
    sources +=
        Files.readString(Path.of("src/main/java/org/jarvis/tools/host/TemperatureTool.java"));
    for (Aspect aspect : Aspect.values()) {
      assertThat(sources).contains("Aspect." + aspect.name());
    }
  }

  @ParameterizedTest
  @MethodSource("tools")
  void hasValidSchemas(Tool tool) throws Exception {
    JsonNode result = JSON.readTree(tool.definition().resultSchema().orElseThrow());
    assertThat(metaSchema().validate(input(tool))).isEmpty();
    assertThat(metaSchema().validate(result)).isEmpty();
    assertThat(input(tool).path("$schema").asText()).isEqualTo(DRAFT);
    assertThat(result.path("$schema").asText()).isEqualTo(DRAFT);
  }

  @Test
  void isComparedWithAMetaSchemaThatFindsMistakes() throws Exception {
    assertThat(metaSchema().validate(JSON.readTree("{\"type\": \"objekt\"}"))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("tools")
  void acceptsItsSampleAndNoUnknownArgument(Tool tool) throws Exception {
    Map<String, Object> good = new HashMap<>(sample(tool).values());
    assertThat(errors(tool, good)).isEmpty();
    for (String smuggled : List.of("confirmed", "approved", "override", "force_approve")) {
      Map<String, Object> bad = new HashMap<>(good);
      bad.put(smuggled, true);
      assertThat(errors(tool, bad)).as(smuggled).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("tools")
  void wantsEachArgumentThatItCannotDoWithout(Tool tool) throws Exception {
    for (JsonNode required : input(tool).path("required")) {
      Map<String, Object> less = new HashMap<>(sample(tool).values());
      assertThat(less.remove(required.asText())).isNotNull();
      assertThat(errors(tool, less)).as(required.asText()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("tools")
  void describesItselfAndEveryValueAtEveryDepth(Tool tool) throws Exception {
    assertThat(tool.definition().description()).hasSizeBetween(60, 600).endsWith(".");
    assertThat(input(tool).path("properties").isEmpty()).isFalse();
    assertDescribed(input(tool), 15);
    assertDescribed(JSON.readTree(tool.definition().resultSchema().orElseThrow()), 3);
  }

  /** An object allows nothing further, and says what each of its properties is. */
  private static void assertDescribed(JsonNode schema, int least) {
    if (schema.path("type").toString().contains("object")) {
      assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
      assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              assertThat(property.getValue().path("description").asText())
                  .as(property.getKey())
                  .hasSizeGreaterThan(least)
                  .endsWith(".");
              assertDescribed(property.getValue(), least);
            });
    if (schema.has("items")) {
      assertDescribed(schema.path("items"), least);
    }
  }

  @ParameterizedTest
  @MethodSource("tools")
  void offersOnlyArgumentsThatItsSchemaAcceptsAndThatMeanTheResource(Tool tool) throws Exception {
    int offers = 0;
    for (Resource resource : home().clusters().get(0).resources().toList()) {
      List<ToolOffer> menu = tool.offers(resource);
      assertThat(menu).hasSizeLessThanOrEqualTo(4);
      for (ToolOffer offer : menu) {
        offers++;
        assertThat(errors(tool, offer.arguments().values())).as(resource.name()).isEmpty();
        assertThat(offer.arguments().text("cluster")).hasValue("home");
        List<Target> targets = tool.use(offer.arguments()).targets();
        if (!targets.isEmpty()) {
          assertThat(targets.get(0).selector().matches(resource)).as(resource.name()).isTrue();
        }
      }
    }
    if (OFFERED_NOWHERE.contains(tool.definition().name())) {
      assertThat(offers).isZero();
    } else {
      assertThat(offers).isPositive();
    }
  }

  @Test
  void leavesEachMenuShortEnoughToBeRead() {
    for (Resource resource : home().clusters().get(0).resources().toList()) {
      long writers =
          tools().stream()
              .filter(tool -> !tool.definition().observes())
              .mapToLong(tool -> tool.offers(resource).size())
              .sum();
      long readers =
          tools().stream()
              .filter(tool -> tool.definition().observes())
              .mapToLong(tool -> tool.offers(resource).size())
              .sum();
      assertThat(writers).as(resource.name()).isLessThanOrEqualTo(9);
      assertThat(readers).as(resource.name()).isLessThanOrEqualTo(10);
    }
  }

  @ParameterizedTest
  @MethodSource("tools")
  void isNeverMoreSevereThanDefined(Tool tool) {
    Stream.concat(
            Stream.of(sample(tool)),
            home()
                .clusters()
                .get(0)
                .resources()
                .flatMap(one -> tool.offers(one).stream())
                .map(ToolOffer::arguments))
        .forEach(
            arguments -> {
              ToolUse use = tool.use(arguments);
              assertThat(use.effect()).isLessThanOrEqualTo(tool.definition().effect());
              assertThat(use.tier()).isLessThanOrEqualTo(tool.definition().tier());
              assertThat(use.tier()).isGreaterThanOrEqualTo(use.effect().leastTier());
              assertThat(use.tier()).isNotEqualTo(Tier.BLACK);
            });
  }

  @ParameterizedTest
  @MethodSource("tools")
  void namesTheOneThingThatAChangeIsAbout(Tool tool) {
    ToolUse use = tool.use(sample(tool));
    if (use.effect() != Effect.OBSERVES) {
      assertThat(use.targets()).isNotEmpty();
      assertThat(use.title()).isNotBlank();
    }
  }

  @Test
  void namesInversesThatAreThere() {
    Set<String> names =
        tools().stream().map(tool -> tool.definition().name()).collect(Collectors.toSet());
    assertThat(names)
        .containsAll(
            tools().stream()
                .flatMap(tool -> tool.definition().inverseName().stream())
                .collect(Collectors.toSet()));
  }

  @Test
  void saysWhyToolsAreUnavailableWhileNobodyCanTellWhatACommandMeans() {
    Map<String, String> unavailable =
        unavailable(new Commands(new HouseHosts(home()), Optional::empty));

    assertThat(unavailable).containsOnlyKeys(NEED_HOSTS);
    assertThat(unavailable.values())
        .allSatisfy(reason -> assertThat(reason).contains("org.jarvis.safety"));
    assertThat(unavailable.get("unlock_vm")).contains("qm unlock");
    assertThat(unavailable.get("unlock_container")).contains("pct unlock");
  }

  @Test
  void saysWhyToolsAreUnavailableWhileNoHostIsConfigured() {
    Map<String, String> unavailable =
        unavailable(
            new Commands(new HouseHosts(new Home()), () -> Optional.of(new HouseAnalyst())));

    assertThat(unavailable).containsOnlyKeys(NEED_HOSTS);
    assertThat(unavailable.values())
        .allSatisfy(reason -> assertThat(reason).contains("org.jarvis.connector.ssh"));
  }

  @Test
  void areAllAvailableOtherwise() {
    assertThat(tools()).allSatisfy(tool -> assertThat(tool.unavailable()).isEmpty());
  }

  private static Map<String, String> unavailable(Commands commands) {
    return Toolbox.tools(home(), commands, Home.CLOCK, duration -> {}).stream()
        .filter(tool -> tool.unavailable().isPresent())
        .collect(
            Collectors.toMap(
                tool -> tool.definition().name(), tool -> tool.unavailable().orElseThrow()));
  }

  @ParameterizedTest
  @MethodSource("guestTools")
  void wantsNodeAndNumberOfAGuest(Tool tool) throws Exception {
    Map<String, Object> good = sample(tool).values();
    assertThat(errors(tool, SampleArguments.with(good, Map.of("cluster", "home")))).isEmpty();
    assertThat(errors(tool, SampleArguments.with(good, Map.of("vmid", "101")))).isNotEmpty();
    assertThat(errors(tool, SampleArguments.with(good, Map.of("vmid", 7)))).isNotEmpty();
    assertThat(errors(tool, SampleArguments.with(good, Map.of("node", "../etc")))).isNotEmpty();
  }

  static List<Tool> guestTools() {
    return tools().stream().filter(tool -> sample(tool).values().containsKey("vmid")).toList();
  }

  private static Schema metaSchema() {
    return SCHEMAS.getSchema(SchemaLocation.of(DRAFT));
  }

  static Home home() {
    Home home = new Home();
    home.nodes.add(Home.node("pve1", Node.Status.ONLINE));
    home.nodes.add(Home.node("pve2", Node.Status.ONLINE));
    home.nodes.add(Home.node("pve3", Node.Status.OFFLINE));
    home.guests.add(Home.guest(101, GuestType.QEMU, Guest.Status.RUNNING));
    home.guests.add(Home.guest(102, GuestType.QEMU, Guest.Status.PAUSED));
    home.guests.add(Home.guest(201, GuestType.LXC, Guest.Status.STOPPED));
    home.guests.add(
        new Home.GuestBuilder(103, GuestType.QEMU, Guest.Status.STOPPED).locked("backup").build());
    home.guests.add(
        new Home.GuestBuilder(203, GuestType.LXC, Guest.Status.STOPPED).locked("backup").build());
    home.storages.add(Home.storage("pve1", "local", false, Storage.Status.AVAILABLE));
    return home;
  }

  private static Arguments sample(Tool tool) {
    return SampleArguments.of(tool.definition().name());
  }

  private static JsonNode input(Tool tool) throws Exception {
    return JSON.readTree(tool.definition().inputSchema());
  }

  private static List<?> errors(Tool tool, Map<String, ?> arguments) throws Exception {
    return SCHEMAS
        .getSchema(input(tool))
        .validate(JSON.<JsonNode>valueToTree(new Arguments(Map.copyOf(arguments)).values()));
  }
}
