package org.jarvis.tools.read;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.GuestAgent;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestRuntime;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.tool.Tool;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.GuestTools;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;
import org.jarvis.tools.read.AspectTool.Items;
import org.jarvis.tools.read.AspectTool.Look;
import org.jspecify.annotations.Nullable;

/** What is read of one guest. */
final class GuestReads {
  private static final int MOST_VALUES = 150;

  private final Clock clock;

  GuestReads(Clock clock) {
    this.clock = clock;
  }

  List<Tool> all() {
    return List.of(
        status(),
        configuration(GuestType.QEMU),
        configuration(GuestType.LXC),
        agent(),
        snapshots());
  }

  static @Nullable Object number(@Nullable GuestId guest) {
    return guest == null ? null : guest.value();
  }

  private Tool status() {
    return AspectTool.ofObject(
        new Look(
            "get_guest_status",
            "Show what it does",
            "Tells what one guest does at this moment: the run state of its machine, memory as seen"
                + " from inside and outside, what it has read, written, sent and received since it"
                + " started. For many guests use get_vms or get_containers."),
        Subject.GUEST,
        Aspect.RUNTIME,
        GuestRuntime.class,
        new Columns<GuestRuntime>()
            .text("state", "The run state of the machine.", GuestRuntime::state)
            .whole("pid", "Its process on the node.", GuestRuntime::pid)
            .bytes("memoryUsedBytes", "Memory in use.", GuestRuntime::memoryUsed)
            .bytes("memoryOnNodeBytes", "Memory taken on its node.", GuestRuntime::memoryOnNode)
            .bytes("balloonBytes", "The target of its balloon.", GuestRuntime::balloon)
            .bytes("swapUsedBytes", "Used swap space.", GuestRuntime::swapUsed)
            .bytes("diskReadBytes", "Read since it started.", GuestRuntime::diskRead)
            .bytes("diskWrittenBytes", "Written since it started.", GuestRuntime::diskWritten)
            .bytes("netInBytes", "Received since it started.", GuestRuntime::netIn)
            .bytes("netOutBytes", "Sent since it started.", GuestRuntime::netOut)
            .bytes("rootUsedBytes", "Used space of its root.", GuestRuntime::diskUsed)
            .flag("agent", "Whether its agent is configured.", GuestRuntime::agentRunning),
        false,
        clock);
  }

  private Tool configuration(GuestType type) {
    String noun = Words.noun(type);
    return AspectTool.ofObject(
        new Look(
            GuestTools.named("get", type) + "_config",
            "Show configuration",
            "Tells how a "
                + noun
                + " is configured: processors, memory, disks, network cards, notes, every further"
                + " setting, and which changes wait for a restart. Secrets are masked. It does not"
                + " change anything; "
                + GuestTools.named("set", type)
                + "_config does."),
        Subject.guest(type),
        Aspect.CONFIGURATION,
        GuestConfiguration.class,
        new Columns<GuestConfiguration>()
            .text("osType", "The system it is configured for.", GuestConfiguration::osType)
            .whole("sockets", "Processor sockets.", GuestConfiguration::sockets)
            .whole("cores", "Cores, of each socket.", GuestConfiguration::cores)
            .bytes("memoryBytes", "Its memory.", GuestConfiguration::memory)
            .flag(
                "startAtBoot", "Whether it starts with its node.", GuestConfiguration::startAtBoot)
            .flag(
                "protection",
                "Whether Proxmox VE refuses to delete it.",
                GuestConfiguration::protectedByProxmox)
            .flag("agent", "Whether the agent is configured.", GuestConfiguration::agentEnabled)
            .note("notes", "What people wrote about it.", GuestConfiguration::notes)
            .rows("disks", "Its disks and mounts.", disks(), GuestConfiguration::disks)
            .rows("networks", "Its network cards.", networks(), GuestConfiguration::networks)
            .texts("pending", "Settings that wait for a restart.", GuestConfiguration::pending)
            .rows("settings", "All settings as they are.", settings(), GuestReads::values)
            .text("digest", "Changes with every edit.", GuestConfiguration::digest),
        true,
        clock);
  }

  private static Columns<GuestConfiguration.Disk> disks() {
    return new Columns<GuestConfiguration.Disk>()
        .text("disk", "Its key, such as scsi0.", GuestConfiguration.Disk::key)
        .text("volume", "What is in it.", GuestConfiguration.Disk::volume)
        .text("storage", "Where that lies.", GuestConfiguration.Disk::storage)
        .bytes("sizeBytes", "Its size.", GuestConfiguration.Disk::size)
        .flag("medium", "Whether it is a CD drive.", GuestConfiguration.Disk::medium)
        .text("mountedAt", "Where a container mounts it.", GuestConfiguration.Disk::mountedAt);
  }

  private static Columns<GuestConfiguration.Network> networks() {
    return new Columns<GuestConfiguration.Network>()
        .text("card", "Its key, such as net0.", GuestConfiguration.Network::key)
        .text("mac", "Its hardware address.", GuestConfiguration.Network::mac)
        .text("bridge", "The bridge it is on.", GuestConfiguration.Network::bridge)
        .whole("vlan", "Its VLAN.", GuestConfiguration.Network::vlan)
        .text("address", "A container's address, or dhcp.", GuestConfiguration.Network::address)
        .flag("firewall", "Whether it is filtered.", GuestConfiguration.Network::firewall);
  }

  private static Columns<Map.Entry<String, String>> settings() {
    return new Columns<Map.Entry<String, String>>()
        .text("key", "The setting.", Map.Entry::getKey)
        .text("value", "Its value.", Map.Entry::getValue);
  }

  private static List<Map.Entry<String, String>> values(GuestConfiguration configuration) {
    return new ArrayList<>(configuration.values().entrySet())
        .stream()
            // The notes stand above.
            .filter(entry -> !entry.getKey().equals("description"))
            .sorted(Map.Entry.comparingByKey())
            .limit(MOST_VALUES)
            .toList();
  }

  private Tool agent() {
    return AspectTool.ofObject(
        new Look(
            "get_guest_agent",
            "Show inside",
            "Tells what a running guest says of itself from the inside: host name, system, addresses"
                + " and how full its file systems are. A VM needs the QEMU guest agent for it. It runs"
                + " nothing in the guest."),
        Subject.GUEST,
        Aspect.AGENT,
        GuestAgent.class,
        new Columns<GuestAgent>()
            .text("hostName", "What it calls itself.", GuestAgent::hostName)
            .text("system", "What it runs.", GuestAgent::operatingSystem)
            .text("kernel", "Its kernel.", GuestAgent::kernel)
            .rows(
                "interfaces",
                "Its network interfaces.",
                new Columns<GuestAgent.Interface>()
                    .text("name", "Its name.", GuestAgent.Interface::name)
                    .text("mac", "Its hardware address.", GuestAgent.Interface::mac)
                    .texts("addresses", "Its addresses.", GuestAgent.Interface::addresses),
                GuestAgent::interfaces)
            .rows(
                "fileSystems",
                "Its mounted file systems.",
                new Columns<GuestAgent.FileSystem>()
                    .text("mount", "Where it is mounted.", GuestAgent.FileSystem::mount)
                    .text("type", "Its type.", GuestAgent.FileSystem::type)
                    .bytes("usedBytes", "Used space.", GuestAgent.FileSystem::used)
                    .bytes("totalBytes", "Its size.", GuestAgent.FileSystem::total),
                GuestAgent::fileSystems),
        false,
        clock);
  }

  private Tool snapshots() {
    return AspectTool.ofListWithin(
        new Look(
            "get_guest_snapshots",
            "Show snapshots",
            "Lists a guest's snapshots, oldest first, with when and why they were taken and what each"
                + " builds on. Backups are something else; get_backups lists them."),
        Subject.GUEST,
        Aspect.SNAPSHOTS,
        GuestSnapshots.class,
        new Columns<GuestSnapshots>()
            .text("current", "The one that the present state builds on.", GuestSnapshots::parent),
        new Items<>(
            "snapshot",
            GuestSnapshots::snapshots,
            new Columns<GuestSnapshots.Snapshot>()
                .text("snapshot", "Its name.", GuestSnapshots.Snapshot::name)
                .text("parent", "The one before it.", GuestSnapshots.Snapshot::parent)
                .time("at", "When it was taken.", GuestSnapshots.Snapshot::at)
                .note("description", "Why.", GuestSnapshots.Snapshot::description)
                .flag(
                    "withMemory",
                    "Whether it holds the memory, too.",
                    GuestSnapshots.Snapshot::withMemory)),
        true,
        clock);
  }
}
