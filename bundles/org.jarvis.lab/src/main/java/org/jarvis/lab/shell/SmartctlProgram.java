package org.jarvis.lab.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jarvis.lab.pve.PveReply;
import org.jarvis.lab.sim.Disk;

/** {@code smartctl} of smartmontools 7.4 and a little of {@code nvme}. */
final class SmartctlProgram {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNREADABLE = 2;
  private static final int FAILING = 8;
  private static final String TITLE =
      "smartctl 7.4 2024-10-15 r5620 [x86_64-linux-%s] (local build)\nCopyright (C) 2002-23, Bruce Allen, Christian Franke, www.smartmontools.org\n";

  private SmartctlProgram() {}

  static int run(Call call) throws IOException {
    Options options;
    try {
      options =
          Options.of(
              call.arguments(),
              "HaAixjld:n:l:q:c",
              "health=H",
              "all=a",
              "attributes=A",
              "info=i",
              "xall=x",
              "json=j",
              "scan",
              "device:=d",
              "log:=l",
              "nocheck:=n");
    } catch (Options.Unknown mistake) {
      call.out().print(TITLE.formatted(call.machine().kernel()));
      call.out().println("\n=======> INVALID ARGUMENT TO " + mistake.said());
      return 1;
    }
    NodeMachine node = (NodeMachine) call.machine();
    if (options.has("scan")) {
      for (Disk disk : node.disks()) {
        String type = disk.nvme() ? "nvme" : "scsi";
        call.out()
            .println(
                disk.device()
                    + " -d "
                    + type
                    + " # "
                    + disk.device()
                    + ", "
                    + (disk.nvme() ? "NVMe" : "SCSI")
                    + " device");
      }
      return 0;
    }
    if (!call.login().isRoot()) {
      call.out().print(TITLE.formatted(node.kernel()));
      call.out()
          .println(
              "\nSmartctl open device: "
                  + String.join(" ", options.operands())
                  + " failed: Permission denied");
      return UNREADABLE;
    }
    if (options.operands().isEmpty()) {
      call.out().print(TITLE.formatted(node.kernel()));
      call.out()
          .println("\nERROR: smartctl requires a device name as the final command-line argument.");
      return 1;
    }
    String device = options.operands().get(0);
    String real = Optional.ofNullable(node.files().real(device)).orElse(device);
    Optional<Disk> disk =
        node.disks().stream()
            .filter(
                each ->
                    each.device().equals(real)
                        || (each.nvme()
                            && real.matches("/dev/nvme[0-9]+")
                            && each.device().startsWith(real + "n")))
            .findFirst();
    if (disk.isEmpty()) {
      call.out().print(TITLE.formatted(node.kernel()));
      call.out().println("\nSmartctl open device: " + device + " failed: No such device");
      return UNREADABLE;
    }
    JsonNode smart = smart(node, disk.get());
    return options.has("j")
        ? json(call, disk.get(), smart)
        : text(call, options, disk.get(), smart);
  }

  /** As the API tells it, from the same figures. */
  private static JsonNode smart(NodeMachine node, Disk disk) throws IOException {
    PveReply reply =
        node.world()
            .call("GET", "/nodes/" + node.name() + "/disks/smart", Map.of("disk", disk.device()));
    return JSON.readTree(String.valueOf(reply.body())).path("data");
  }

  private static boolean passed(JsonNode smart) {
    return smart.path("health").asText().equals("PASSED");
  }

  private static int text(Call call, Options options, Disk disk, JsonNode smart)
      throws IOException {
    boolean all = options.has("a") || options.has("x");
    Output out = call.out();
    out.println(TITLE.formatted(call.machine().kernel()));
    if (all || options.has("i")) {
      out.println("=== START OF INFORMATION SECTION ===");
      if (disk.nvme()) {
        out.println("Model Number:                       " + disk.model());
        out.println("Serial Number:                      " + disk.serial());
        out.println("Firmware Version:                   5B2QGXA7");
        out.println(
            "Namespace 1 Size/Capacity:          "
                + grouped(disk.size())
                + " ["
                + decimal(disk.size())
                + "]");
      } else {
        out.println("Device Model:     " + disk.model());
        out.println("Serial Number:    " + disk.serial());
        out.println(
            "User Capacity:    " + grouped(disk.size()) + " bytes [" + decimal(disk.size()) + "]");
        out.println(
            "Rotation Rate:    "
                + (disk.rotations() > 0 ? disk.rotations() + " rpm" : "Solid State Device"));
        out.println("SMART support is: Available - device has SMART capability.");
        out.println("SMART support is: Enabled");
      }
      out.println("");
    }
    if (all || options.has("H") || options.has("A")) {
      out.println(
          disk.nvme()
              ? "=== START OF SMART DATA SECTION ==="
              : "=== START OF READ SMART DATA SECTION ===");
    }
    if (all || options.has("H")) {
      out.println(
          "SMART overall-health self-assessment test result: "
              + (passed(smart) ? "PASSED" : "FAILED!"));
      if (!passed(smart)) {
        out.println(
            disk.nvme()
                ? "- available spare has fallen below threshold"
                : "Drive failure expected in less than 24 hours. SAVE ALL DATA.");
      }
      out.println("");
    }
    if (all || options.has("A")) {
      attributes(out, disk, smart);
    }
    return passed(smart) ? 0 : FAILING;
  }

  private static void attributes(Output out, Disk disk, JsonNode smart) throws IOException {
    if (disk.nvme()) {
      out.println(smart.path("text").asText().strip());
      out.println("");
      return;
    }
    out.println("SMART Attributes Data Structure revision number: 16");
    out.println("Vendor Specific SMART Attributes with Thresholds:");
    out.println(
        "ID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH TYPE      UPDATED  WHEN_FAILED RAW_VALUE");
    for (JsonNode row : smart.path("attributes")) {
      boolean failing = row.path("fail").asText().equals("NOW");
      out.println(
          "%3s %-23s 0x0032   %s   %s   %s    Old_age   Always   %11s %s"
              .formatted(
                  row.path("id").asText().strip(),
                  row.path("name").asText(),
                  row.path("value").asText(),
                  row.path("worst").asText(),
                  row.path("threshold").asText(),
                  failing ? "FAILING_NOW" : "    -      ",
                  row.path("raw").asText()));
    }
    out.println("");
  }

  private static String grouped(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }

  private static String decimal(long bytes) {
    return String.format(
        Locale.ROOT,
        bytes >= 1_000_000_000_000L ? "%.2f TB" : "%.0f GB",
        bytes / (bytes >= 1_000_000_000_000L ? 1e12 : 1e9));
  }

  private static int json(Call call, Disk disk, JsonNode smart) throws IOException {
    int status = passed(smart) ? 0 : FAILING;
    ObjectNode root = JSON.createObjectNode();
    root.putArray("json_format_version").add(1).add(0);
    ObjectNode program = root.putObject("smartctl");
    program.putArray("version").add(7).add(4);
    program.put("exit_status", status);
    ObjectNode device = root.putObject("device");
    device
        .put("name", disk.device())
        .put("info_name", disk.device())
        .put("type", disk.nvme() ? "nvme" : "sat")
        .put("protocol", disk.nvme() ? "NVMe" : "ATA");
    root.put("model_name", disk.model()).put("serial_number", disk.serial());
    root.putObject("user_capacity").put("bytes", disk.size());
    if (!disk.nvme()) {
      root.put("rotation_rate", disk.rotations());
    }
    root.putObject("smart_status").put("passed", passed(smart));
    NodeMachine node = (NodeMachine) call.machine();
    int degrees =
        disk.degrees(node.spec(), node.cluster().figures(), node.cluster().troubles(), node.now());
    if (disk.nvme()) {
      nvmeLog(root.putObject("nvme_smart_health_information_log"), disk, passed(smart), degrees);
    } else {
      ArrayNode table =
          root.putObject("ata_smart_attributes").put("revision", 16).putArray("table");
      for (JsonNode row : smart.path("attributes")) {
        ObjectNode attribute = table.addObject();
        attribute
            .put("id", Integer.parseInt(row.path("id").asText().strip()))
            .put("name", row.path("name").asText())
            .put("value", row.path("normalized").asInt())
            .put("worst", row.path("normalized").asInt())
            .put("thresh", Integer.parseInt(row.path("threshold").asText()))
            .put("when_failed", row.path("fail").asText().equals("NOW") ? "now" : "");
        attribute
            .putObject("raw")
            .put("value", Long.parseLong(row.path("raw").asText()))
            .put("string", row.path("raw").asText());
      }
    }
    root.putObject("temperature").put("current", degrees);
    root.putObject("power_on_time").put("hours", disk.nvme() ? 14_208 : 18_412);
    call.out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    return status;
  }

  private static void nvmeLog(ObjectNode log, Disk disk, boolean passed, int degrees) {
    log.put("critical_warning", passed ? 0 : 5)
        .put("temperature", degrees)
        .put("available_spare", passed ? 100 : 4)
        .put("available_spare_threshold", 10)
        .put("percentage_used", 100 - disk.lifeLeft())
        .put("power_cycles", 61)
        .put("power_on_hours", 14_208)
        .put("unsafe_shutdowns", 12)
        .put("media_errors", passed ? 0 : 71)
        .put("num_err_log_entries", passed ? 0 : 94);
  }

  static int nvme(Call call) throws IOException {
    NodeMachine node = (NodeMachine) call.machine();
    String verb = call.arguments().isEmpty() ? "" : call.arguments().get(0);
    if (verb.equals("list")) {
      call.out()
          .println(
              "Node                  Generic               SN                   Model                                    Namespace  Usage                      Format           FW Rev");
      call.out()
          .println(
              "--------------------- --------------------- -------------------- ---------------------------------------- ---------- -------------------------- ---------------- --------");
      for (Disk disk : node.disks()) {
        if (disk.nvme()) {
          String size = decimal(disk.size());
          call.out()
              .printf(
                  "%-21s %-21s %-20s %-40s 0x1        %8s  / %8s    512   B +  0 B   5B2QGXA7\n",
                  disk.device(),
                  disk.device().replace("nvme", "ng"),
                  disk.serial(),
                  disk.model(),
                  size,
                  size);
        }
      }
      return 0;
    }
    if (verb.equals("smart-log") && call.arguments().size() > 1) {
      String device = call.arguments().get(1);
      for (Disk disk : node.disks()) {
        if (disk.nvme() && disk.device().startsWith(device)) {
          JsonNode smart = smart(node, disk);
          int degrees =
              disk.degrees(
                  node.spec(), node.cluster().figures(), node.cluster().troubles(), node.now());
          ObjectNode log = JSON.createObjectNode();
          nvmeLog(log, disk, passed(smart), degrees);
          if (call.arguments().contains("-o")
              || call.arguments().contains("--output-format=json")) {
            log.put("temperature", degrees + 273);
            call.out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(log));
            return 0;
          }
          call.out()
              .println(
                  "Smart Log for NVME device:"
                      + FileTree.name(disk.device())
                      + " namespace-id:ffffffff");
          call.out()
              .printf(
                  "critical_warning\t\t\t: %d\ntemperature\t\t\t\t: %d °C (%d K)\navailable_spare\t\t\t\t: %d%%\navailable_spare_threshold\t\t: 10%%\npercentage_used\t\t\t\t: %d%%\n",
                  passed(smart) ? 0 : 5,
                  degrees,
                  degrees + 273,
                  passed(smart) ? 100 : 4,
                  100 - disk.lifeLeft());
          return 0;
        }
      }
      call.err().println(device + ": No such file or directory");
      return 1;
    }
    call.err().println("ERROR: Invalid sub-command '" + verb + "' for global command 'nvme'");
    return 1;
  }
}
