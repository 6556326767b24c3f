package org.example.busiest;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.osgi.service.component.annotations.Component;

/** Tells which guests use the largest share of their processors at present. */
@Component
public final class BusiestGuests implements Tool {
  @Override
  public ToolDefinition definition() {
    return ToolDefinition.observing("get_busiest_guests", "Show busiest guests",
        "Lists the ten guests that use most of their processors now. It knows nothing of the past.",
        "{\"type\": \"object\", \"additionalProperties\": false}", ResourceKind.CLUSTER);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return ToolUse.observing("Show busiest guests", List.of());
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return resource instanceof Cluster ? List.of(new ToolOffer(Arguments.none())) : List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    List<Map<String, Object>> busiest = context.liveState().clusters().stream()
        .flatMap(cluster -> cluster.guests().values().stream())
        .filter(guest -> guest.cpu() != null)
        .sorted(Comparator.comparing(Guest::cpu).reversed()).limit(10)
        .map(guest -> Map.<String, Object>of("ref", guest.ref().toString(), "name", guest.name(),
            "cpuShare", guest.cpu(), "observedAt", guest.observation().at().toString())).toList();
    return new ToolResult(busiest.size() + " guests, busiest first.", Map.of("items", busiest));
  }
}
