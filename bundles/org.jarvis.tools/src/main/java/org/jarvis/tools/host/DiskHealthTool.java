package org.jarvis.tools.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.tools.form.BoundedList;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/** {@code get_disk_health}: what SMART says of a host's disks, NVMe or not. */
final class DiskHealthTool extends HostReader {
  private static final String DISK = "disk";
  private static final int MOST_DISKS = 24;

  /** Bits of smartctl(8)'s exit status below which nothing was read: bad use, no device. */
  private static final int UNREAD = 0b11;

  private static final Columns<Disk> ROW =
      new Columns<Disk>()
          .text("device", "Such as /dev/sda.", Disk::device)
          .text("model", "Its model.", disk -> HostJson.text(disk.json().path("model_name")))
          .text(
              "serial",
              "Its serial number.",
              disk -> HostJson.text(disk.json().path("serial_number")))
          .text("health", "PASSED or FAILED, by its own account.", Disk::health)
          .whole("temperatureCelsius", "How warm it is.", Disk::temperature)
          .whole(
              "powerOnHours",
              "Hours that it ran.",
              disk -> HostJson.number(disk.json().path("power_on_time").path("hours")))
          .whole(
              "usedPercent",
              "Of an NVMe disk, how much of its life is used up.",
              disk -> disk.nvme("percentage_used"))
          .whole(
              "mediaErrors",
              "Of an NVMe disk, errors that it could not mend.",
              disk -> disk.nvme("media_errors"))
          .whole("reallocatedSectors", "Sectors that it replaced.", disk -> disk.attribute(5))
          .whole("pendingSectors", "Sectors that wait to be replaced.", disk -> disk.attribute(197))
          .whole(
              "uncorrectableSectors",
              "Sectors that it could not read.",
              disk -> disk.attribute(198))
          .texts("warnings", "What smartctl says about it besides.", Disk::warnings)
          .text("failure", "Why nothing is read of it.", Disk::failure);
  private static final Columns<Told<BoundedList>> RESULT =
      Told.<BoundedList>columns().and(BoundedList.columns(ROW, "Each disk.", Told::value));

  DiskHealthTool(Commands commands, Clock clock) {
    super(
        new Look(
            "get_disk_health",
            "Show disk health",
            "Tells what SMART says of the disks of a node or another host, one or all: health,"
                + " temperature, hours, wear, bad sectors and media errors, NVMe included. It starts no"
                + " test. For the disks' use and size see get_node_disks."),
        Commands.schema(
            List.of(),
            InputSchema.text(
                DISK,
                "^/dev/[a-z][a-z0-9]{0,30}$",
                "Only this disk, such as /dev/sda or /dev/nvme0."),
            InputSchema.LIMIT),
        RESULT,
        commands,
        clock);
  }

  /**
   * A disk.
   *
   * @param json what smartctl told of it
   * @param failure why it told nothing, {@code null} where it did
   */
  private record Disk(String device, JsonNode json, @Nullable String failure) {
    @Nullable String health() {
      JsonNode passed = json.path("smart_status").path("passed");
      return passed.isBoolean() ? (passed.booleanValue() ? "PASSED" : "FAILED") : null;
    }

    /** What no disk can have is no temperature. */
    @Nullable Long temperature() {
      Long celsius = HostJson.number(json.path("temperature").path("current"));
      return celsius != null && celsius > 0 && celsius <= 150 ? celsius : null;
    }

    @Nullable Long nvme(String name) {
      return HostJson.number(json.path("nvme_smart_health_information_log").path(name));
    }

    @Nullable Long attribute(int id) {
      for (JsonNode attribute : json.path("ata_smart_attributes").path("table")) {
        if (attribute.path("id").asInt() == id) {
          return HostJson.number(attribute.path("raw").path("value"));
        }
      }
      return null;
    }

    List<String> warnings() {
      List<String> warnings = new ArrayList<>();
      json.path("smartctl")
          .path("messages")
          .forEach(message -> warnings.add(message.path("string").asText()));
      return warnings;
    }

    boolean fails() {
      return "FAILED".equals(health());
    }
  }

  @Override
  ToolResult read(ToolContext context, Exchange exchange) {
    List<String> devices =
        context.arguments().text(DISK).map(List::of).orElseGet(() -> found(exchange));
    List<Disk> disks =
        devices.stream().limit(MOST_DISKS).map(device -> disk(exchange, device)).toList();
    long failing = disks.stream().filter(Disk::fails).count();
    return new ToolResult(
        exchange.host().id()
            + ": "
            + Words.count(disks.size(), "disk")
            + (failing == 0
                ? ", none of them failing by its own account."
                : ", " + failing + " failing."),
        RESULT.row(told(exchange, BoundedList.of(disks, context.arguments(), ROW::row))));
  }

  private static List<String> found(Exchange exchange) {
    return exchange
        .answer("smartctl", "--scan")
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .filter(device -> device.matches("/dev/[a-z][a-z0-9]{0,30}"))
        .distinct()
        .toList();
  }

  private static Disk disk(Exchange exchange, String device) {
    CommandResult result =
        exchange
            .commands()
            .run(new CommandText.Words(List.of("smartctl", "-a", "-j", device)), Exchange.PATIENCE);
    exchange.requireEnd(result, "smartctl");
    JsonNode json;
    try {
      json = HostJson.object(exchange, "smartctl", result.output());
    } catch (JarvisException senseless) {
      throw Exchange.isZero(result) || result.errors().isBlank()
          ? senseless
          : exchange.failed(result, "smartctl");
    }
    boolean unread = result.exitStatus() == null || (result.exitStatus() & UNREAD) != 0;
    Disk disk = new Disk(device, json, null);
    if (!unread) {
      return disk;
    }
    String why = disk.warnings().isEmpty() ? Exchange.end(result) : disk.warnings().get(0);
    return new Disk(device, json, ErrorCode.REMOTE_ERROR.code() + ": " + Words.said(why));
  }
}
