package org.jarvis.tools.read;

import java.time.Clock;
import java.util.List;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.api.resource.detail.NodeDisks;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.resource.detail.NodeUpdates;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.api.tool.Tool;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.read.AspectTool.Items;
import org.jarvis.tools.read.AspectTool.Look;

/** What is read of one node. */
final class NodeReads {
  private final Clock clock;

  NodeReads(Clock clock) {
    this.clock = clock;
  }

  List<Tool> all() {
    return List.of(
        system(), services(), disks(), zfsPools(), updates(), certificates(), replicationJobs());
  }

  /** What a node tells of its system. */
  static Columns<NodeSystem> systemColumns() {
    return new Columns<NodeSystem>()
        .text("version", "Its version of Proxmox VE.", NodeSystem::version)
        .text("kernel", "The running kernel.", NodeSystem::kernel)
        .text("cpuModel", "Its processor.", NodeSystem::cpuModel)
        .whole("cpus", "Logical processors.", NodeSystem::cpus)
        .number("cpuShare", "Share of them in use, from 0 to 1.", NodeSystem::cpu)
        .number("ioWaitShare", "Share of time waiting for disks.", NodeSystem::ioWait)
        .numbers("load", "Load averages over 1, 5 and 15 minutes.", NodeSystem::load)
        .bytes("memoryUsedBytes", "Memory in use, ZFS's cache included.", NodeSystem::memoryUsed)
        .bytes("memoryTotalBytes", "Memory in all.", NodeSystem::memoryTotal)
        .bytes("memoryAvailableBytes", "Memory still to be had.", NodeSystem::memoryAvailable)
        .bytes("memoryArcBytes", "ZFS's cache.", NodeSystem::memoryArc)
        .bytes("swapUsedBytes", "Used swap space.", NodeSystem::swapUsed)
        .bytes("swapTotalBytes", "Swap space in all.", NodeSystem::swapTotal)
        .bytes("rootUsedBytes", "Used space of the root file system.", NodeSystem::rootUsed)
        .bytes("rootTotalBytes", "Size of the root file system.", NodeSystem::rootTotal)
        .seconds("uptimeSeconds", "Since it booted.", NodeSystem::uptime);
  }

  private Tool system() {
    return AspectTool.ofObject(
        new Look(
            "get_node_system",
            "Show system",
            "Tells what one node's system is and how loaded it is: kernel, version, processor, load,"
                + " memory, swap, root disk, boot mode. For all nodes at a glance use"
                + " get_node_status."),
        Subject.NODE,
        Aspect.SYSTEM,
        NodeSystem.class,
        systemColumns()
            .whole("sockets", "Processor sockets.", NodeSystem::sockets)
            .bytes("memorySharedBytes", "Memory saved by page merging.", NodeSystem::memoryShared)
            .text("bootMode", "efi or legacy-bios.", NodeSystem::bootMode),
        false,
        clock);
  }

  private Tool services() {
    return AspectTool.ofList(
        new Look(
            "get_node_services",
            "Show services",
            "Lists a node's services with whether they run, failed or are disabled. Use it to find a"
                + " failed daemon, or the unit's name for restart_service. It does not list the"
                + " programs within guests."),
        Subject.NODE,
        Aspect.SERVICES,
        NodeServices.class,
        new Items<>(
            "service",
            NodeServices::services,
            new Columns<NodeServices.Service>()
                .text("service", "Its unit, without suffix.", NodeServices.Service::name)
                .text("description", "What it is.", NodeServices.Service::description)
                .text(
                    "state", "What it does: running, dead and so on.", NodeServices.Service::state)
                .text("active", "active, inactive or failed.", NodeServices.Service::activeState)
                .text("unit", "enabled, disabled or masked.", NodeServices.Service::unitState)),
        true,
        clock);
  }

  private Tool disks() {
    return AspectTool.ofList(
        new Look(
            "get_node_disks",
            "Show disks",
            "Lists a node's disks with model, size, use, what SMART says of their health, the life"
                + " left and their temperature. Use it for questions about failing disks. It does not"
                + " list storages or the disks of guests."),
        Subject.NODE,
        Aspect.DISKS,
        NodeDisks.class,
        new Items<>(
            "disk",
            NodeDisks::disks,
            new Columns<NodeDisks.Disk>()
                .text("device", "Such as /dev/sda.", NodeDisks.Disk::device)
                .text("model", "Its model.", NodeDisks.Disk::model)
                .text("serial", "Its serial number.", NodeDisks.Disk::serial)
                .text("type", "ssd, hdd, nvme or usb.", NodeDisks.Disk::type)
                .bytes("sizeBytes", "Its size.", NodeDisks.Disk::size)
                .text("usedFor", "What it is used for.", NodeDisks.Disk::usedFor)
                .text("health", "What SMART says.", NodeDisks.Disk::health)
                .whole("lifeLeftPercent", "What is left of its life.", NodeDisks.Disk::lifeLeft)
                .whole("temperatureCelsius", "How warm it is.", NodeDisks.Disk::temperature)
                .rows(
                    "attributes",
                    "What else SMART tells.",
                    new Columns<NodeDisks.Attribute>()
                        .text("name", "Its name.", NodeDisks.Attribute::name)
                        .text("value", "Its raw value.", NodeDisks.Attribute::value)
                        .flag("failing", "Whether it fails now.", NodeDisks.Attribute::failing),
                    NodeDisks.Disk::attributes)),
        true,
        clock);
  }

  private Tool zfsPools() {
    return AspectTool.ofList(
        new Look(
            "get_zfs_pools",
            "Show ZFS pools",
            "Lists a node's ZFS pools with health, size, use and fragmentation. Use it for degraded or"
                + " full pools. It does not list what lies on them; get_storage_content does."),
        Subject.NODE,
        Aspect.ZFS,
        ZfsPools.class,
        new Items<>(
            "ZFS pool",
            ZfsPools::pools,
            new Columns<ZfsPools.Pool>()
                .text("pool", "Its name.", ZfsPools.Pool::name)
                .text("health", "ONLINE, DEGRADED, FAULTED and so on.", ZfsPools.Pool::health)
                .bytes("usedBytes", "Used space.", ZfsPools.Pool::allocated)
                .bytes("sizeBytes", "Its size.", ZfsPools.Pool::size)
                .whole("fragmentationPercent", "Fragmentation.", ZfsPools.Pool::fragmentation)
                .number("deduplication", "The ratio.", ZfsPools.Pool::deduplication)),
        false,
        clock);
  }

  private Tool updates() {
    return AspectTool.ofList(
        new Look(
            "get_node_updates",
            "Show updates",
            "Lists the packages that a node could update, as of its last refresh. It neither refreshes"
                + " the list nor installs anything."),
        Subject.NODE,
        Aspect.UPDATES,
        NodeUpdates.class,
        new Items<>(
            "update",
            NodeUpdates::packages,
            new Columns<NodeUpdates.Pack>()
                .text("package", "Its name.", NodeUpdates.Pack::name)
                .text("title", "What it is.", NodeUpdates.Pack::title)
                .text("installed", "The installed version.", NodeUpdates.Pack::installed)
                .text("available", "The version to be had.", NodeUpdates.Pack::available)
                .text("origin", "Who made it.", NodeUpdates.Pack::origin)),
        true,
        clock);
  }

  private Tool certificates() {
    return AspectTool.ofList(
        new Look(
            "get_node_certificates",
            "Show certificates",
            "Lists a node's certificates with whom they name, who signed them and until when they are"
                + " valid. Use it for expiry warnings. It does not renew them."),
        Subject.NODE,
        Aspect.CERTIFICATES,
        NodeCertificates.class,
        new Items<>(
            "certificate",
            NodeCertificates::certificates,
            new Columns<NodeCertificates.Certificate>()
                .text("file", "Its file.", NodeCertificates.Certificate::file)
                .text("subject", "Whom it names.", NodeCertificates.Certificate::subject)
                .text("issuer", "Who signed it.", NodeCertificates.Certificate::issuer)
                .text("fingerprint", "Its SHA-256.", NodeCertificates.Certificate::fingerprint)
                .time("validFrom", "From when it holds.", NodeCertificates.Certificate::validFrom)
                .time("validUntil", "When it expires.", NodeCertificates.Certificate::validUntil)
                .texts("names", "Names it covers.", NodeCertificates.Certificate::names)),
        false,
        clock);
  }

  private Tool replicationJobs() {
    return AspectTool.ofList(
        new Look(
            "get_replication_jobs",
            "Show replication",
            "Lists the replication jobs that start from a node: which guest, where to, when it last"
                + " went well, and why it fails. It does not start one."),
        Subject.NODE,
        Aspect.REPLICATION,
        ReplicationJobs.class,
        new Items<>(
            "replication job",
            ReplicationJobs::jobs,
            new Columns<ReplicationJobs.Job>()
                .text("job", "Its id.", ReplicationJobs.Job::id)
                .whole("vmid", "The guest.", job -> GuestReads.number(job.guest()))
                .text("target", "Where to.", ReplicationJobs.Job::target)
                .text("schedule", "When.", ReplicationJobs.Job::schedule)
                .flag("enabled", "Whether it runs.", ReplicationJobs.Job::enabled)
                .time("lastSync", "When it last went well.", ReplicationJobs.Job::lastSync)
                .time("next", "When it runs next.", ReplicationJobs.Job::next)
                .seconds("tookSeconds", "How long it took.", ReplicationJobs.Job::took)
                .whole("failures", "Failed runs in a row.", ReplicationJobs.Job::failures)
                .text("error", "Why the last run failed.", ReplicationJobs.Job::error)),
        false,
        clock);
  }
}
