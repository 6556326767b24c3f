package org.jarvis.tools.host;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/** {@code get_service_status}: any unit of systemd, also one that Proxmox VE does not list. */
final class ServiceStatusTool extends HostReader {
  private static final String SERVICE = "service";

  /** By name, since among all of them is the service's environment, and with it secrets. */
  private static final String PROPERTIES =
      "Id,Description,LoadState,ActiveState,SubState,UnitFileState,Result,MainPID,NRestarts,"
          + "MemoryCurrent,StateChangeTimestamp";

  private static final Columns<Told<Unit>> RESULT =
      Told.<Unit>columns()
          .text(SERVICE, "The unit.", told -> told.value().get("Id"))
          .text("description", "What it is.", told -> told.value().get("Description"))
          .text(
              "active",
              "active, inactive, failed and so on.",
              told -> told.value().get("ActiveState"))
          .text("state", "running, dead, exited and so on.", told -> told.value().get("SubState"))
          .text(
              "unit",
              "enabled, disabled, masked and so on.",
              told -> told.value().get("UnitFileState"))
          .text("result", "How it ended last.", told -> told.value().get("Result"))
          .whole("processId", "Its main process.", told -> told.value().number("MainPID"))
          .whole(
              "restarts",
              "How often systemd restarted it.",
              told -> told.value().number("NRestarts"))
          .whole(
              "memoryBytes",
              "The memory it uses, in bytes.",
              told -> told.value().number("MemoryCurrent"))
          .text(
              "since",
              "Since when it is as it is, as the host tells it.",
              told -> told.value().get("StateChangeTimestamp"));

  ServiceStatusTool(Commands commands, Clock clock) {
    super(
        new Look(
            "get_service_status",
            "Show service",
            "Tells how one service of a node or another host is, by systemd: whether it runs, since"
                + " when, and how it ended. Use it for units that get_node_services does not list; for"
                + " its messages use get_journal."),
        Commands.schema(
            List.of(SERVICE), InputSchema.service("The unit's name, such as docker or pveproxy.")),
        RESULT,
        commands,
        clock);
  }

  /** What systemd says of a unit. */
  private record Unit(Map<String, String> values) {
    static Unit of(String output) {
      Map<String, String> values = new LinkedHashMap<>();
      output
          .lines()
          .filter(line -> line.indexOf('=') > 0)
          .forEach(
              line -> {
                int mark = line.indexOf('=');
                values.putIfAbsent(line.substring(0, mark), line.substring(mark + 1));
              });
      return new Unit(values);
    }

    @Nullable String get(String name) {
      String value = values.get(name);
      return value == null || value.isEmpty() ? null : value;
    }

    /** What is not set, systemd tells as zero, as words or as the largest number there is. */
    @Nullable Long number(String name) {
      String value = values.get(name);
      return value != null && value.matches("[0-9]{1,18}") ? Long.valueOf(value) : null;
    }
  }

  @Override
  ToolResult read(ToolContext context, Exchange exchange) {
    String service = context.arguments().text(SERVICE).orElseThrow();
    Unit unit =
        Unit.of(exchange.answer("systemctl", "show", "--no-pager", "-p", PROPERTIES, service));
    if ("not-found".equals(unit.get("LoadState"))) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND, exchange.host().id() + " has no service " + service + ".");
    }
    if (unit.get("ActiveState") == null) {
      throw new JarvisException(
          ErrorCode.BAD_REPLY,
          "What systemd on " + exchange.host().id() + " says of " + service + " makes no sense.");
    }
    return new ToolResult(
        "The service "
            + service
            + " on "
            + exchange.host().id()
            + " is "
            + Words.said(unit.get("ActiveState") + " (" + unit.get("SubState") + ")")
            + ".",
        RESULT.row(told(exchange, unit)));
  }
}
