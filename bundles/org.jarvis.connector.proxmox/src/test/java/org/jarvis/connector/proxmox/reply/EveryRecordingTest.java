package org.jarvis.connector.proxmox.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.resource.detail.HighAvailability;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.api.resource.detail.NodeUpdates;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.connector.proxmox.Recorded;
import org.junit.jupiter.api.Test;

/** Every reply that was recorded is understood by the parser that its path belongs to. */
class EveryRecordingTest {
  private static final String SMART_OF_NVME =
      """
      {"type":"text","health":"PASSED","text":"\\nSMART/Health Information (NVMe Log 0x02)\\nCritical\
       Warning:                   0x00\\nTemperature:                        41 Celsius\\nPercentage\
       Used:                    3%\\n"}""";

  private final Oddities oddities = new Oddities();

  @Test
  void eachHasAParserOrAnError() {
    Set<String> unknown = new TreeSet<>();
    Set<String> nothingRead = new TreeSet<>();
    Map<RecordedParsers.Kind, Integer> counts = new HashMap<>();
    for (String name : Recorded.names()) {
      RecordedParsers.Kind kind = RecordedParsers.kind(name);
      if (kind == null) {
        unknown.add(name);
        continue;
      }
      counts.merge(kind, 1, Integer::sum);
      // The errors are read from the wire, in RecordedErrorsTest.
      assertThat(kind == RecordedParsers.Kind.ERROR)
          .as(name)
          .isEqualTo(Recorded.status(name) != 200);
      if (kind == RecordedParsers.Kind.ERROR || kind == RecordedParsers.Kind.PACKED) {
        continue;
      }
      JsonNode data = Recorded.data(name);
      Collection<?> rows = RecordedParsers.read(kind, data, oddities);
      if (rows.isEmpty() && data.size() > 0) {
        nothingRead.add(name);
      }
    }
    assertThat(unknown).as("recordings without an entry in the table").isEmpty();
    assertThat(nothingRead).as("recordings of which nothing was understood").isEmpty();
    assertThat(oddities.all()).isEmpty();
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(Recorded.names().size())
        .isGreaterThanOrEqualTo(213);
  }

  @Test
  void readsUpdates() {
    NodeUpdates updates = NodeAspects.updates(Recorded.data("get-nodes_pve1_apt_update"), oddities);

    assertThat(updates.packages())
        .hasSize(4)
        .contains(
            new NodeUpdates.Pack(
                "dpkg", "Debian package management system", "1.21.22", "1.21.23", "Debian"));
  }

  @Test
  void readsCertificates() {
    NodeCertificates.Certificate certificate =
        NodeAspects.certificates(Recorded.data("get-nodes_pve1_certificates_info"), oddities)
            .certificates()
            .get(0);

    assertThat(certificate.file()).isEqualTo("pve-root-ca.pem");
    assertThat(certificate.fingerprint()).startsWith("34:78:44:B4:B9:E5").hasSize(95);
    assertThat(certificate.validUntil()).isEqualTo(Instant.ofEpochSecond(2110732182L));
  }

  @Test
  void readsHighAvailability() {
    HighAvailability ha =
        ClusterAspects.highAvailability(Recorded.data("get-cluster_ha_status_current"), oddities);

    assertThat(ha.quorate()).isTrue();
    assertThat(ha.manager()).isNull();
    assertThat(ha.services())
        .containsExactly(
            new HighAvailability.Service(
                "vm:201",
                new GuestId(201),
                new NodeName("pve1"),
                "queued",
                "started",
                "vm:201 (pve1, queued)"));
  }

  @Test
  void readsAConfigurationWithWhatWaitsForARestart() {
    GuestConfiguration configuration =
        GuestAspects.pending(
            org.jarvis.api.resource.GuestType.QEMU,
            Recorded.data("get-nodes_pve1_qemu_201_pending"),
            oddities);

    assertThat(configuration.digest()).isEqualTo("783f2ff087dc289bf479a5516afeb961d0e3eedd");
    assertThat(configuration.generation()).isEqualTo("ctime:1795375159");
    assertThat(configuration.memory()).isEqualTo(new Bytes(64L << 20));
    assertThat(configuration.pending()).containsExactly("memory");
    assertThat(configuration.notes()).isEqualTo("<b>note</b> & \"quotes\"");
    assertThat(configuration.agentEnabled()).isFalse();
  }

  @Test
  void showsNoSecretWithinAConfiguration() {
    String config =
        """
        {"env":"A=canary","entrypoint":"/run canary","args":"-object canary",
         "cicustom":"user=local:canary","hookscript":"x PassWd=canary",
         "description":"the API KEY = canary","smbios1":"uuid=shown",
         "scsi0":"rbd:vm-1,mp=token=canary,size=32G","pre-secret":"canary"}""";
    GuestConfiguration vm =
        GuestAspects.configuration(org.jarvis.api.resource.GuestType.LXC, Recorded.json(config));

    assertThat(vm.toString()).doesNotContain("canary");
    assertThat(vm.values()).containsEntry("smbios1", "uuid=shown").hasSize(9);
    assertThat(vm.disks()).singleElement().satisfies(disk -> assertThat(disk.size()).isNotNull());
  }

  @Test
  void readsDisksNetworksAndSecretsOfConfigurations() {
    GuestConfiguration vm =
        GuestAspects.configuration(
            org.jarvis.api.resource.GuestType.QEMU,
            Recorded.json(
                """
                {"digest":"d","agent":"enabled=1,fstrim_cloned_disks=1","memory":"current=2048",
                 "scsi0":"local-lvm:vm-101-disk-0,size=32G,ssd=1","ide2":"none,media=cdrom",
                 "virtio1":"/dev/disk/by-id/x,size=1.5T","cipassword":"hunter2","onboot":1,
                 "net0":"virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20,firewall=1",
                 "protection":"1","cores":"4","sockets":2,"ostype":"l26"}"""));

    assertThat(vm.agentEnabled()).isTrue();
    assertThat(vm.memory()).isEqualTo(new Bytes(2048L << 20));
    assertThat(vm.startAtBoot()).isTrue();
    assertThat(vm.protectedByProxmox()).isTrue();
    assertThat(vm.values().get("cipassword")).doesNotContain("hunter2");
    assertThat(vm.toString()).doesNotContain("hunter2");
    assertThat(vm.disks())
        .containsExactlyInAnyOrder(
            new GuestConfiguration.Disk(
                "scsi0", "local-lvm:vm-101-disk-0", "local-lvm", new Bytes(32L << 30), false, null),
            new GuestConfiguration.Disk("ide2", "none", null, null, true, null),
            new GuestConfiguration.Disk(
                "virtio1", "/dev/disk/by-id/x", null, new Bytes(1L << 40), false, null));
    assertThat(vm.networks())
        .containsExactly(
            new GuestConfiguration.Network("net0", "BC:24:11:00:00:01", "vmbr0", 20, null, true));

    GuestConfiguration container =
        GuestAspects.configuration(
            org.jarvis.api.resource.GuestType.LXC,
            Recorded.json(
                """
                {"rootfs":"local-zfs:subvol-102-disk-0,size=8G","memory":512,
                 "mp0":"tank:subvol-102-disk-1,mp=/srv,size=1T",
                 "net0":"name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:02,ip=10.0.0.5/24"}"""));
    assertThat(container.disks())
        .extracting(GuestConfiguration.Disk::mountedAt)
        .containsExactlyInAnyOrder("/", "/srv");
    assertThat(container.networks().get(0).address()).isEqualTo("10.0.0.5/24");
    assertThat(container.networks().get(0).mac()).isEqualTo("BC:24:11:00:00:02");
  }

  @Test
  void theEntryForThePresentIsNoSnapshot() {
    GuestSnapshots snapshots = GuestAspects.snapshots(Recorded.data("cl-snapshots"), oddities);

    assertThat(snapshots.parent()).isEqualTo("s1");
    assertThat(snapshots.snapshots())
        .containsExactly(
            new GuestSnapshots.Snapshot(
                "s1", null, Instant.ofEpochSecond(1795372080L), "hi", false));
  }

  @Test
  void readsContent() {
    StorageContent content =
        StorageAspects.content(Recorded.data("get-nodes_pve1_storage_local_content"), oddities);

    assertThat(content.volumes())
        .containsExactly(
            new StorageContent.Volume(
                "local:100/vm-100-disk-0.qcow2",
                "images",
                "qcow2",
                new Bytes(1073741824L),
                new Bytes(331776),
                new GuestId(100),
                Instant.ofEpochSecond(1795372191L),
                null,
                false,
                null));
  }

  @Test
  void readsSmartOfEveryKindOfDisk() {
    NodeAspects.Smart nvme = NodeAspects.smart(Recorded.json(SMART_OF_NVME), oddities);
    assertThat(nvme.health()).isEqualTo("PASSED");
    assertThat(nvme.temperature()).isEqualTo(41);
    assertThat(nvme.lifeLeft()).isEqualTo(97);

    NodeAspects.Smart ata =
        NodeAspects.smart(
            Recorded.json(
                """
                {"type":"ata","health":"FAILED!","attributes":[
                 {"id":"  5","name":"Reallocated_Sector_Ct","raw":"12","fail":"FAILING_NOW"},
                 {"id":"194","name":"Temperature_Celsius","raw":"35 (Min/Max 20/45)","fail":"-"}]}"""),
            oddities);
    assertThat(ata.health()).isEqualTo("FAILED");
    assertThat(ata.temperature()).isEqualTo(35);
    assertThat(ata.attributes()).hasSize(2);
    assertThat(ata.attributes().get(0).failing()).isTrue();
  }

  @Test
  void readsCephOfEveryAge() {
    String now =
        """
        {"health":{"status":"HEALTH_WARN","checks":{"OSD_DOWN":{"severity":"HEALTH_WARN",
         "summary":{"message":"1 osds down","count":1}}}},"quorum_names":["a","b","c"],
         "osdmap":%s,"pgmap":{"bytes_used":5,"bytes_total":10}}""";
    String disks = "{\"num_osds\":3,\"num_up_osds\":2,\"num_in_osds\":3}";

    for (String map : List.of(disks, "{\"osdmap\":" + disks + "}")) {
      var ceph = ClusterAspects.ceph(Recorded.json(now.formatted(map)));
      assertThat(ceph.health()).isEqualTo("HEALTH_WARN");
      assertThat(ceph.checks()).containsExactly("1 osds down");
      assertThat(ceph.osdsUp()).isEqualTo(2);
      assertThat(ceph.monitorsInQuorum()).isEqualTo(3);
      assertThat(ceph.total()).isEqualTo(new Bytes(10));
    }
  }

  @Test
  void takesNoMoreOfAListThanMakesSense() {
    String one = "{\"name\":\"eth\",\"ip-addresses\":[%s]}".formatted(many("ip-address", 3000));
    var agent =
        InsideGuest.agent(
            new InsideGuest.OperatingSystem(null, null, null),
            Recorded.json("{\"result\":[" + one + "," + many("name", 3000) + "]}"),
            Recorded.json("{\"result\":[" + many("mountpoint", 3000) + "]}"),
            oddities);

    assertThat(agent.interfaces()).hasSize(64);
    assertThat(agent.interfaces().get(0).addresses()).hasSize(64);
    assertThat(agent.fileSystems()).hasSize(128);
    assertThat(oddities.all())
        .containsExactlyInAnyOrder(
            "network interfaces: there are 3001, of which 64 are taken",
            "addresses: there are 3000, of which 64 are taken",
            "file systems: there are 3000, of which 128 are taken");
    assertThat(
            NodeAspects.updates(Recorded.json("[" + many("Package", 3000) + "]"), oddities)
                .packages())
        .hasSize(2000);
    assertThat(JournalLines.journal(Recorded.json("[" + "\"a\",".repeat(3000) + "\"last\"]")))
        .hasSize(500)
        .endsWith("last");
  }

  private static String many(String field, int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> "{\"" + field + "\":\"v" + i + "\"}")
        .collect(java.util.stream.Collectors.joining(","));
  }

  @Test
  void readsWhatAnAgentTells() {
    var agent =
        InsideGuest.agent(
            InsideGuest.system(
                Recorded.json(
                    "{\"result\":{\"pretty-name\":\"Debian 12\",\"kernel-release\":\"6.1\"}}"),
                Recorded.json("{\"result\":{\"host-name\":\"web\"}}")),
            Recorded.json(
                "{\"result\":[{\"name\":\"eth0\",\"hardware-address\":\"aa:bb\",\"ip-addresses\":"
                    + "[{\"ip-address\":\"10.0.0.5\",\"prefix\":24}]}]}"),
            Recorded.json(
                "{\"result\":{\"error\":{\"class\":\"CommandNotFound\",\"desc\":\"unknown\"}}}"),
            oddities);

    assertThat(agent.hostName()).isEqualTo("web");
    assertThat(agent.operatingSystem()).isEqualTo("Debian 12");
    assertThat(agent.interfaces().get(0).addresses()).containsExactly("10.0.0.5/24");
    assertThat(agent.fileSystems()).isEmpty();

    var container =
        InsideGuest.container(
            Recorded.json(
                "[{\"name\":\"eth0\",\"hwaddr\":\"aa:bb\",\"inet\":\"10.0.0.6/24\","
                    + "\"inet6\":\"fe80::1/64\"}]"),
            oddities);
    assertThat(container.interfaces().get(0).addresses())
        .containsExactly("10.0.0.6/24", "fe80::1/64");
  }

  @Test
  void readsBackupJobs() {
    var jobs =
        ClusterAspects.backupJobs(
            Recorded.json(
                """
                [{"id":"backup-1","schedule":"02:30","storage":"nas","mode":"snapshot","all":1,
                  "exclude":"103,104","next-run":1795400000,"comment":"all"},
                 {"id":"old","enabled":0,"starttime":"03:00","dow":"sun","vmid":"100,101"}]"""),
            Recorded.data("get-cluster_backup-info_not-backed-up"),
            oddities);

    assertThat(jobs.uncovered())
        .containsExactly(new GuestId(100), new GuestId(201), new GuestId(203));
    assertThat(jobs.jobs().get(0).enabled()).isTrue();
    assertThat(jobs.jobs().get(0).excluded()).containsExactly(new GuestId(103), new GuestId(104));
    assertThat(jobs.jobs().get(1).enabled()).isFalse();
    assertThat(jobs.jobs().get(1).schedule()).isEqualTo("sun 03:00");
  }

  @Test
  void readsPrivilegesAndWhetherTheyHoldBelow() {
    var all = ClusterAspects.privileges(Recorded.data("get-access_permissions"), oddities);
    assertThat(all.byPath().get("/vms")).contains("VM.PowerMgmt", "VM.Audit");

    var few =
        ClusterAspects.privileges(
            Recorded.json("{\"/vms\":{\"VM.Audit\":0},\"/vms/100\":{\"VM.Audit\":0}}"), oddities);
    assertThat(few.byPath().get("/vms")).isEmpty();
    assertThat(few.byPath().get("/vms/100")).containsExactly("VM.Audit");
  }

  @Test
  void aJournalIsWithoutItsCursors() {
    assertThat(
            JournalLines.journal(
                Recorded.json(
                    "[\"s=0123456789abcdef0123456789abcdef;i=1;b=x\",\"Nov 22 pve1 a\","
                        + "\"Nov 22 pve1 b\",\"s=0123456789abcdef0123456789abcdef;i=3;b=x\"]")))
        .containsExactly("Nov 22 pve1 a", "Nov 22 pve1 b");
    assertThat(JournalLines.syslog(Recorded.data("get-nodes_pve1_syslog_limit_5"))).isEmpty();
  }
}
