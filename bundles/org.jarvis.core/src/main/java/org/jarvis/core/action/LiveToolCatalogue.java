package org.jarvis.core.action;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.core.tool.RegisteredTool;
import org.jarvis.core.tool.ToolRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalogue over the tools that are installed, and the menus that come from it. */
final class LiveToolCatalogue implements ToolCatalogue {
  private static final Logger LOG = LoggerFactory.getLogger(LiveToolCatalogue.class);

  private final ToolRegistry tools;
  private final LiveState states;
  private final Decider decider;

  LiveToolCatalogue(ToolRegistry tools, LiveState states, Decider decider) {
    this.tools = tools;
    this.states = states;
    this.decider = decider;
  }

  @Override
  public List<Entry> tools() {
    return tools.all().stream().map(this::entry).toList();
  }

  @Override
  public Optional<Entry> tool(String name) {
    return tools.find(name).map(this::entry);
  }

  @Override
  public List<MenuEntry> menu(ResourceRef ref, Principal principal, Origin origin) {
    Resource resource =
        states
            .find(ref)
            .orElseThrow(
                () ->
                    new JarvisException(ErrorCode.NOT_FOUND, "There is nothing at this address."));
    List<MenuEntry> menu = new ArrayList<>();
    for (RegisteredTool tool : tools.all()) {
      try {
        for (ToolOffer offer : tool.offers(resource)) {
          menu.add(menuEntry(tool, offer, resource, principal, origin));
        }
      } catch (JarvisException failure) {
        // One tool's fault must not take the whole menu away.
        LOG.warn("A tool was left out of a menu: {}", failure.getMessage());
      }
    }
    menu.sort(
        Comparator.comparing((MenuEntry entry) -> entry.effect() == Effect.OBSERVES)
            .thenComparing(MenuEntry::effect)
            .thenComparing(MenuEntry::tool)
            .thenComparing(MenuEntry::consent));
    return menu;
  }

  private MenuEntry menuEntry(
      RegisteredTool tool, ToolOffer offer, Resource resource, Principal principal, Origin origin) {
    ToolUse use = tool.use(offer.arguments());
    Ruling ruling =
        decider.decide(
            new PolicyRequest(
                tool.definition().name(),
                offer.arguments(),
                use,
                principal,
                origin,
                List.of(resource),
                states.cluster(resource.ref().cluster()).stream().toList()));
    return new MenuEntry(
        tool.definition().name(),
        use.title(),
        offer.arguments(),
        use.effect(),
        ruling.tier(),
        ruling.consent(),
        ruling.denied() ? ruling.strictest().reason() : offer.reason().orElse(null));
  }

  private Entry entry(RegisteredTool tool) {
    return new Entry(
        tool.definition(), tier(tool.definition().effect()), tool.provider(), unavailable());
  }

  private @Nullable String unavailable() {
    return states.clusters().stream().noneMatch(LiveToolCatalogue::isKnown)
        ? "No cluster is connected. Describe one in etc/org.jarvis.connector.proxmox-<name>.cfg."
        : null;
  }

  /** Of a cluster whose configuration was unusable from the start, nothing is. */
  private static boolean isKnown(ClusterSnapshot snapshot) {
    return snapshot.cluster().connection() != Cluster.Connection.MISSING
        || !snapshot.nodes().isEmpty();
  }

  private static Tier tier(Effect effect) {
    return switch (effect) {
      case OBSERVES -> Tier.GREEN;
      case CHANGES -> Tier.YELLOW;
      case DISRUPTS, DESTROYS -> Tier.RED;
    };
  }
}
