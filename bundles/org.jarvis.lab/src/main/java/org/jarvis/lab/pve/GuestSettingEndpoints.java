package org.jarvis.lab.pve;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestAddress;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.Refusal;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.Works;
import org.jspecify.annotations.Nullable;

/** What edits the configurations of guests and grows their disks. */
final class GuestSettingEndpoints {

  private static final String ONE = "/vms/{vmid}";
  private static final List<String> MACHINE_EDITORS =
      List.of(
          "VM.Config.Disk",
          "VM.Config.CDROM",
          "VM.Config.CPU",
          "VM.Config.Memory",
          "VM.Config.Network",
          "VM.Config.HWType",
          "VM.Config.Options",
          "VM.Config.Cloudinit");
  private static final List<String> CONTAINER_EDITORS =
      List.of(
          "VM.Config.Disk",
          "VM.Config.CPU",
          "VM.Config.Memory",
          "VM.Config.Network",
          "VM.Config.Options");
  private static final Set<String> NO_SETTINGS =
      Set.of("background_delay", "delete", "digest", "force", "node", "revert", "skiplock", "vmid");

  private final Works works;

  GuestSettingEndpoints(SimulatedCluster cluster) {
    this.works = cluster.works();
  }

  List<Endpoint> all() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (GuestKind kind : GuestKind.values()) {
      endpoints.addAll(of(kind, "/nodes/{node}/" + kind.type() + "/{vmid}"));
    }
    return endpoints;
  }

  private List<Endpoint> of(GuestKind kind, String one) {
    boolean machine = kind == GuestKind.QEMU;
    List<Parameter> growing =
        new ArrayList<>(
            List.of(
                Parameter.limited("digest", 40),
                Parameter.oneOf(
                    "disk",
                    true,
                    machine ? WriteParameters.machineDisks() : WriteParameters.containerVolumes()),
                Parameter.formed("size", true, ParameterFormat.SIZE)));
    if (machine) {
      growing.add(Parameter.flag("skiplock"));
    }
    Endpoint grow =
        Endpoint.put(
                one + "/resize",
                GuestWriteEndpoints.task(
                    kind,
                    (address, arguments, owner) ->
                        works
                            .settings()
                            .grow(
                                address,
                                arguments.required("disk"),
                                arguments.required("size"),
                                asExpected(arguments),
                                owner)))
            .takes(growing)
            .needs("VM.Config.Disk", ONE);
    Endpoint edit =
        Endpoint.put(one + "/config", (arguments, caller) -> edit(kind, arguments, caller))
            .takes(machine ? WriteParameters.MACHINE_SETTINGS : WriteParameters.CONTAINER_SETTINGS)
            .needsAny(machine ? MACHINE_EDITORS : CONTAINER_EDITORS, ONE);
    return List.of(grow, edit);
  }

  private static Predicate<Guest> asExpected(Arguments arguments) {
    Optional<String> digest = arguments.text("digest");
    return guest -> digest.isEmpty() || digest.get().equals(GuestConfigs.of(guest).get("digest"));
  }

  private @Nullable Object edit(GuestKind kind, Arguments arguments, Caller caller)
      throws PveError {
    GuestWriteEndpoints.noSkippedLock(arguments);
    List<Parameter> schema =
        kind == GuestKind.QEMU
            ? WriteParameters.MACHINE_SETTINGS
            : WriteParameters.CONTAINER_SETTINGS;
    Map<String, String> set = arguments.others(NO_SETTINGS);
    Set<String> removed = new LinkedHashSet<>();
    for (String key : arguments.text("delete").orElse("").split("[,;\\s]+", -1)) {
      if (key.isEmpty()) {
        continue;
      }
      if (set.containsKey(key)) {
        throw PveError.parameters(
            Map.of(
                "delete",
                "you can't use '-" + key + "' and -delete " + key + "' at the same time"));
      }
      if (NO_SETTINGS.contains(key) || !isSetting(key, schema)) {
        throw PveError.parameters(Map.of("delete", "unknown option '" + key + "'"));
      }
      removed.add(key);
    }
    for (String key : set.keySet()) {
      caller.mustHave(privilege(key), "/vms/" + arguments.vmid());
    }
    for (String key : removed) {
      caller.mustHave(privilege(key), "/vms/" + arguments.vmid());
    }
    GuestAddress address = new GuestAddress(kind, arguments.required("node"), arguments.vmid());
    try {
      works.settings().edit(address, set, removed, asExpected(arguments));
    } catch (Refusal refusal) {
      throw PveError.internal(refusal.text());
    }
    return null;
  }

  private static boolean isSetting(String key, List<Parameter> schema) {
    String numbered = key.replaceFirst("\\d+$", "[n]");
    return schema.stream()
        .anyMatch(parameter -> parameter.name().equals(key) || parameter.name().equals(numbered));
  }

  /** Which privilege a setting takes, as the real check sorts them. */
  private static String privilege(String key) {
    String kind = key.replaceFirst("\\d+$", "");
    return switch (kind) {
      case "cores", "sockets", "cpu", "cpulimit", "cpuunits", "numa", "vcpus", "affinity" ->
          "VM.Config.CPU";
      case "memory", "balloon", "swap", "shares" -> "VM.Config.Memory";
      case "net", "nameserver", "searchdomain", "hostname", "ipconfig" -> "VM.Config.Network";
      case "scsi", "virtio", "ide", "sata", "unused", "rootfs", "mp", "efidisk", "tpmstate" ->
          "VM.Config.Disk";
      case "agent",
          "boot",
          "bootdisk",
          "console",
          "description",
          "features",
          "name",
          "onboot",
          "ostype",
          "protection",
          "startup",
          "tags",
          "template",
          "timezone",
          "tty" ->
          "VM.Config.Options";
      default -> "VM.Config.HWType";
    };
  }
}
