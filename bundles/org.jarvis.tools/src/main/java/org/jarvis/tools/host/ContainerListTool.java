package org.jarvis.tools.host;

import java.time.Clock;
import java.util.List;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.tools.form.BoundedList;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Words;

/** {@code list_docker_containers}. */
final class ContainerListTool extends HostReader {
  private static final Columns<DockerContainer> ROW =
      new Columns<DockerContainer>()
          .text("name", "Its name.", DockerContainer::name)
          .text("id", "Its id.", DockerContainer::id)
          .text("image", "What it was made of.", DockerContainer::image)
          .text("state", "running, exited, paused and so on.", DockerContainer::state)
          .text(
              "status",
              "The same in words, with how long and how healthy.",
              DockerContainer::status)
          .text("ports", "Where it listens.", DockerContainer::ports);
  private static final Columns<Told<BoundedList>> RESULT =
      Told.<BoundedList>columns().and(BoundedList.columns(ROW, "Each container.", Told::value));

  ContainerListTool(Commands commands, Clock clock) {
    super(
        new Look(
            "list_docker_containers",
            "Show Docker containers",
            "Lists the Docker containers of a node or another host, running or not, with image, state,"
                + " health and ports. It lists no guests of Proxmox VE; get_containers does."),
        Commands.schema(List.of(), InputSchema.LIMIT),
        RESULT,
        commands,
        clock);
  }

  @Override
  ToolResult read(ToolContext context, Exchange exchange) {
    List<DockerContainer> containers = DockerContainer.list(exchange);
    return new ToolResult(
        exchange.host().id() + ": " + Words.count(containers.size(), "Docker container") + ".",
        RESULT.row(told(exchange, BoundedList.of(containers, context.arguments(), ROW::row))));
  }
}
