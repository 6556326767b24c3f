package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.Privileges;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be read, against the API's own descriptions of 7.4, 8.4.5 and 9.2.3. */
class RightsTest {
  private static final ClusterId HOME = new ClusterId("home");
  private static final NodeName NODE = new NodeName("pve1");
  private static final ResourceRef CLUSTER = ResourceRef.cluster(HOME);
  private static final ResourceRef GUEST = ResourceRef.guest(HOME, new GuestId(201));
  private static final ResourceRef STORAGE = ResourceRef.storage(HOME, NODE, "nas");
  private static final Observation SEEN =
      new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10));
  private static final String TOKEN = "jarvis@pve!ro";
  private static final List<String> PATHS = List.of("/", "/nodes/pve1", "/vms/201", "/storage/nas");
  private static final List<String> PRIVILEGES =
      List.of(
          "Sys.Audit",
          "Sys.Modify",
          "Sys.Syslog",
          "VM.Audit",
          "VM.Monitor",
          "VM.GuestAgent.Audit",
          "VM.GuestAgent.Unrestricted",
          "Datastore.Audit",
          "Datastore.AllocateSpace");

  private static ResourceRef resource(Aspect aspect) {
    return switch (aspect.kind()) {
      case CLUSTER -> CLUSTER;
      case NODE -> ResourceRef.node(HOME, NODE);
      case GUEST -> GUEST;
      case STORAGE -> STORAGE;
    };
  }

  private static Turn turn(Aspect aspect) {
    return new Turn(resource(aspect), aspect);
  }

  private static Guest guest(GuestType type) {
    return new Guest(
        HOME,
        new GuestId(201),
        type,
        "web",
        NODE,
        Guest.Status.RUNNING,
        false,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        SEEN);
  }

  private static Storage storage(String... content) {
    return new Storage(
        HOME,
        NODE,
        "nas",
        Storage.Status.AVAILABLE,
        "nfs",
        true,
        List.of(content),
        null,
        null,
        SEEN);
  }

  /** The calls without which an aspect cannot be read at all. */
  private static List<String> calls(Aspect aspect, GuestType type) {
    String node = "/nodes/{node}/";
    String guest = node + type.path() + "/{vmid}/";
    return switch (aspect) {
      case CONNECTION, TEMPERATURES -> List.of();
      case TASKS -> List.of("/cluster/tasks");
      case LOG -> List.of("/cluster/log");
      case BACKUP_JOBS -> List.of("/cluster/backup", "/cluster/backup-info/not-backed-up");
      case HIGH_AVAILABILITY -> List.of("/cluster/ha/status/current");
      case CEPH -> List.of("/cluster/ceph/status");
      case PRIVILEGES -> List.of("/access/permissions");
      case SYSTEM -> List.of(node + "status");
      case SERVICES -> List.of(node + "services");
      case DISKS -> List.of(node + "disks/list");
      case ZFS -> List.of(node + "disks/zfs");
      case UPDATES -> List.of(node + "apt/update");
      case CERTIFICATES -> List.of(node + "certificates/info");
      case REPLICATION -> List.of(node + "replication");
      case RUNTIME -> List.of(guest + "status/current");
      case CONFIGURATION -> List.of(guest + "pending");
      case AGENT ->
          type == GuestType.LXC
              ? List.of(guest + "interfaces")
              : List.of(
                  guest + "agent/network-get-interfaces",
                  guest + "agent/get-fsinfo",
                  guest + "agent/get-osinfo",
                  guest + "agent/get-host-name");
      case SNAPSHOTS -> List.of(guest + "snapshot");
      case CONTENT -> List.of(node + "storage/{storage}/content");
    };
  }

  private static JsonNode described(int release) throws IOException {
    try (InputStream in = RightsTest.class.getResourceAsStream("/described-rights.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in)).path(String.valueOf(release));
    }
  }

  /** What a description's expression says of these grants, each on exactly its path. */
  private static boolean allows(JsonNode expression, Map<String, Set<String>> grants) {
    if (expression.isTextual()) {
      return expression.asText().equals("all");
    }
    List<JsonNode> parts = new ArrayList<>();
    expression.forEach(parts::add);
    String kind = parts.get(0).asText();
    if (kind.equals("or")) {
      return parts.stream().skip(1).anyMatch(part -> allows(part, grants));
    }
    assertThat(kind).isEqualTo("perm");
    String path =
        parts
            .get(1)
            .asText()
            .replace("{node}", "pve1")
            .replace("{vmid}", "201")
            .replace("{storage}", "nas");
    List<Boolean> held = new ArrayList<>();
    parts.get(2).forEach(name -> held.add(grants.get(path).contains(name.asText())));
    boolean any = parts.size() > 3 && parts.get(3).asText().equals("any");
    return any ? held.contains(true) : !held.contains(false);
  }

  private static Map<String, Set<String>> anyGrants(Random random) {
    Map<String, Set<String>> grants = new LinkedHashMap<>();
    for (String path : PATHS) {
      Set<String> privileges = new HashSet<>();
      for (String privilege : PRIVILEGES) {
        if (random.nextInt(4) == 0) {
          privileges.add(privilege);
        }
      }
      grants.put(path, privileges);
    }
    return grants;
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9})
  void eachAspectNeedsWhatTheDescriptionOfItsReleaseSays(int release) throws IOException {
    JsonNode described = described(release);
    Random random = new Random(release);
    int compared = 0;
    for (int i = 0; i < 2000; i++) {
      Map<String, Set<String>> grants = anyGrants(random);
      for (Aspect aspect : Aspect.values()) {
        for (GuestType type : GuestType.values()) {
          boolean covered = covered(turn(aspect), guest(type), new Release(release), grants);
          for (String call : calls(aspect, type)) {
            if (described.has(call)) {
              compared++;
              assertThat(covered)
                  .as("%s by %s in %s with %s", aspect, call, release, grants)
                  .isEqualTo(allows(described.path(call), grants));
            }
          }
        }
      }
      assertThat(Rights.smart(new Release(release)).coveredBy(new Privileges(grants)))
          .as("SMART in %s with %s", release, grants)
          .isEqualTo(allows(described.path("/nodes/{node}/disks/smart"), grants));
    }
    assertThat(compared).isGreaterThan(2000 * 38);
  }

  private static boolean covered(
      Turn turn, @Nullable Guest guest, Release release, Map<String, Set<String>> held) {
    return Rights.of(turn, guest, release)
        .map(rights -> rights.coveredBy(new Privileges(held)))
        .orElse(true);
  }

  @Test
  void whereNobodyKnowsTheReleaseWhatAnyOfThemTakesIsEnough() {
    for (Aspect aspect : Aspect.values()) {
      for (int release = 7; release <= 9; release++) {
        Random random = new Random(release);
        for (int i = 0; i < 500; i++) {
          Map<String, Set<String>> grants = anyGrants(random);
          Guest guest = guest(GuestType.QEMU);
          if (covered(turn(aspect), guest, new Release(release), grants)) {
            assertThat(covered(turn(aspect), guest, Release.UNKNOWN, grants)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void readsTheReleaseFromTheVersion() {
    assertThat(Release.of("9.2.11")).isEqualTo(new Release(9));
    assertThat(Release.of("7.4-20")).isEqualTo(new Release(7));
    assertThat(Release.of("10")).isEqualTo(new Release(10));
    assertThat(Release.of("version 9")).isEqualTo(Release.UNKNOWN);
    assertThat(Release.of("99999999999")).isEqualTo(Release.UNKNOWN);
    assertThat(Release.of(null)).isEqualTo(Release.UNKNOWN);
  }

  @Test
  void theNearestPathDecidesWhatIsAllowed() {
    Turn configuration = turn(Aspect.CONFIGURATION);
    Release nine = new Release(9);

    assertThat(covered(configuration, null, nine, Map.of("/", Set.of("VM.Audit")))).isTrue();
    assertThat(
            covered(configuration, null, nine, Map.of("/", Set.of("VM.Audit"), "/vms", Set.of())))
        .isFalse();
    assertThat(covered(configuration, null, nine, Map.of("/vms/201", Set.of("VM.Audit")))).isTrue();
    assertThat(covered(configuration, null, nine, Map.of("/vms/101", Set.of("VM.Audit"))))
        .isFalse();
  }

  private static AccountRights account(int release, Map<String, Set<String>> held) {
    return new AccountRights(TOKEN, new Privileges(held), new Release(release));
  }

  private static String lacking(int release, Aspect aspect, Map<String, Set<String>> held) {
    AccountRights account = account(release, held);
    Rights rights = account.barring(turn(aspect), guest(GuestType.QEMU)).orElseThrow();
    return account.lacking(rights, aspect);
  }

  @Test
  void namesThePrivilegeOfTheRelease() {
    Map<String, Set<String>> auditor = Map.of("/", Set.of("VM.Audit", "Sys.Audit"));

    assertThat(lacking(9, Aspect.AGENT, auditor))
        .isEqualTo(
            "The API token jarvis@pve!ro lacks the privilege VM.GuestAgent.Audit on /vms/201, so"
                + " Jarvis cannot read agent. Give it, and its user where that lacks it too, a role"
                + " that has it: pveum acl modify / --tokens 'jarvis@pve!ro' --roles PVEAuditor");
    assertThat(lacking(8, Aspect.AGENT, auditor))
        .isEqualTo(
            "The API token jarvis@pve!ro lacks the privilege VM.Monitor on /vms/201, so Jarvis"
                + " cannot read agent. Give it, and its user where that lacks it too, a role that"
                + " has it, although that allows changes as well: pveum role add"
                + " Jarvis-VM.Monitor --privs VM.Monitor && pveum acl modify / --tokens"
                + " 'jarvis@pve!ro' --roles Jarvis-VM.Monitor");
    assertThat(lacking(7, Aspect.AGENT, auditor)).contains("VM.Monitor on /vms/201");
    assertThat(account(7, Map.of("/", Set.of("Datastore.Audit"))).barring(turn(Aspect.ZFS), null))
        .isEmpty();
    assertThat(account(8, Map.of("/", Set.of("Datastore.Audit"))).barring(turn(Aspect.ZFS), null))
        .isPresent();
  }

  /** A role on a narrower path would replace the one above it there. */
  @Test
  void theCureAddsToWhatIsHeldAndReplacesNothing() {
    assertThat(lacking(9, Aspect.UPDATES, Map.of("/", Set.of("Sys.Audit"))))
        .contains("lacks the privilege Sys.Modify on /nodes/pve1")
        .contains("pveum acl modify / --tokens");
    assertThat(
            lacking(
                9,
                Aspect.CONFIGURATION,
                Map.of("/", Set.of("Sys.Audit"), "/vms", Set.of("VM.PowerMgmt"))))
        .contains("pveum acl modify /vms --tokens");
    assertThat(lacking(9, Aspect.CONFIGURATION, Map.of("/vms/101", Set.of("VM.Audit"))))
        .contains("pveum acl modify /vms/201 --tokens");
  }

  @Test
  void aCureSaysNothingTwice() {
    assertThat(account(9, Map.of()).omitted(turn(Aspect.PRIVILEGES), null).orElseThrow())
        .endsWith(
            "a role that has it: pveum acl modify / --tokens 'jarvis@pve!ro' --roles PVEAuditor");
  }

  @Test
  void aStrangeNameGetsIntoNoCommand() {
    AccountRights account = account(9, Map.of());
    Turn odd = new Turn(ResourceRef.storage(HOME, NODE, "nas; reboot"), Aspect.CONTENT);

    assertThat(account.lacking(account.barring(odd, null).orElseThrow(), Aspect.CONTENT))
        .doesNotContain("pveum")
        .contains("Datacenter > Permissions");
  }

  private static final Map<String, Set<String>> READER =
      Map.of(
          "/",
          Set.of(
              "Sys.Audit",
              "Sys.Syslog",
              "VM.Audit",
              "Datastore.Audit",
              "Pool.Audit",
              "VM.GuestAgent.Audit"));

  private static @Nullable String omitted(
      Aspect aspect, Storage storage, Map<String, Set<String>> held) {
    return account(9, held).omitted(turn(aspect), storage).orElse(null);
  }

  @Test
  void whoReadsEverythingIsToldThatOnlyOfBackupsAndDisksOnStorages() {
    for (Aspect aspect : Aspect.values()) {
      String omitted = omitted(aspect, storage("iso", "backup", "images"), READER);
      if (aspect == Aspect.CONTENT) {
        assertThat(omitted)
            .contains(
                "lacks Datastore.AllocateSpace on /storage/nas and VM.Backup on /vms, so backups"
                    + " are left out; it lacks VM.Config.Disk on /vms, so disks of guests are left"
                    + " out. ")
            .contains(
                "pveum acl modify / --tokens 'jarvis@pve!ro' --roles"
                    + " Jarvis-Datastore.AllocateSpace,Jarvis-VM.Backup,Jarvis-VM.Config.Disk");
      } else {
        assertThat(omitted).as("%s", aspect).isNull();
      }
    }
    assertThat(omitted(Aspect.CONTENT, storage("iso"), READER)).isNull();
  }

  @Test
  void whoMayAdministrateAStorageSeesAllOfIt() {
    Map<String, Set<String>> held = new HashMap<>(READER);
    held.put("/storage/nas", Set.of("Datastore.Allocate", "Datastore.Audit"));

    assertThat(omitted(Aspect.CONTENT, storage("backup", "images"), held)).isNull();
  }

  @Test
  void saysWhatListsLeaveOutOfWhatTheTokenMayNotSee() {
    Map<String, Set<String>> some =
        Map.of(
            "/vms", Set.of("VM.Audit"),
            "/vms/101", Set.of("VM.PowerMgmt"),
            "/storage", Set.of("Datastore.Audit"));

    assertThat(omitted(Aspect.LOG, storage(), some))
        .contains("lacks Sys.Syslog on /, so of the cluster's log only its own lines are shown.");
    assertThat(omitted(Aspect.TASKS, storage(), some))
        .contains("lacks Sys.Audit on /, so only its own tasks are listed.");
    assertThat(omitted(Aspect.REPLICATION, storage(), some)).contains("VM.Audit on /vms/101, so");
    assertThat(omitted(Aspect.BACKUP_JOBS, storage(), some)).contains("VM.Audit on /vms/101, so");
    assertThat(omitted(Aspect.DISKS, storage(), some)).contains("Sys.Audit on /, so what SMART");
    assertThat(omitted(Aspect.PRIVILEGES, storage(), some))
        .contains("Sys.Audit on /, so quorum", "Sys.Audit on /nodes, so nodes")
        .contains("VM.Audit on /vms/101, so guests", "Pool.Audit on /pool, so pools")
        .doesNotContain("storages");
    assertThat(new AccountRights(TOKEN, null, new Release(9)).omitted(turn(Aspect.LOG), null))
        .isEmpty();
  }
}
