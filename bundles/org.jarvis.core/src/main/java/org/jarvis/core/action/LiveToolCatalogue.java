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
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.core.tool.KnownTools;
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
  private final KnownTools known;
  private final TargetResolver resolver;
  private final Decider decider;

  LiveToolCatalogue(
      ToolRegistry tools,
      KnownTools known,
      LiveState states,
      TargetResolver resolver,
      Decider decider) {
    this.tools = tools;
    this.known = known;
    this.states = states;
    this.resolver = resolver;
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
          menu.add(menuEntry(tool, offer, principal, origin));
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

  @Override
  public MenuEntry offer(String name, Arguments arguments, Principal principal, Origin origin) {
    RegisteredTool tool = tools.require(name);
    ToolUse use = tool.use(arguments);
    List<ResolvedTarget> targets = resolver.known(use, Foresight.NONE);
    String obstacle =
        tool.obstacle(arguments, targets.stream().map(ResolvedTarget::resource).toList())
            .map(Obstacle::reason)
            .orElse(null);
    return menuEntry(tool, new ToolOffer(arguments, obstacle), use, targets, principal, origin);
  }

  private MenuEntry menuEntry(
      RegisteredTool tool, ToolOffer offer, Principal principal, Origin origin) {
    ToolUse use = tool.use(offer.arguments());
    return menuEntry(tool, offer, use, resolver.known(use, Foresight.NONE), principal, origin);
  }

  private MenuEntry menuEntry(
      RegisteredTool tool,
      ToolOffer offer,
      ToolUse use,
      List<ResolvedTarget> targets,
      Principal principal,
      Origin origin) {
    Ruling ruling =
        decider.decide(
            new PolicyRequest(
                tool.definition().name(),
                offer.arguments(),
                use,
                principal,
                origin,
                targets.stream().map(ResolvedTarget::judged).toList(),
                clusters(targets)));
    return new MenuEntry(
        tool.definition().name(),
        use.title(),
        offer.arguments(),
        use.effect(),
        ruling.tier(),
        ruling.consent(),
        refusal(tool, offer, ruling));
  }

  private @Nullable String refusal(RegisteredTool tool, ToolOffer offer, Ruling ruling) {
    return ruling.denied()
        ? ruling.strictest().reason()
        : unavailable(tool).or(offer::reason).orElse(null);
  }

  private List<ClusterSnapshot> clusters(List<ResolvedTarget> targets) {
    return targets.stream()
        .map(target -> target.resource().ref().cluster())
        .distinct()
        .flatMap(cluster -> states.cluster(cluster).stream())
        .toList();
  }

  private Entry entry(RegisteredTool tool) {
    ToolDefinition definition = tool.definition();
    return new Entry(
        definition,
        decider.ban(definition).isPresent() ? Tier.BLACK : definition.tier(),
        tool.provider(),
        unavailable(tool).orElse(null));
  }

  private Optional<String> unavailable(RegisteredTool tool) {
    return known
        .objection(tool)
        .or(tool::unavailable)
        .or(
            () ->
                states.clusters().stream().noneMatch(LiveToolCatalogue::isKnown)
                    ? Optional.of(
                        "No cluster is connected. Describe one in"
                            + " etc/org.jarvis.connector.proxmox-<name>.cfg.")
                    : Optional.empty());
  }

  /** Of a cluster whose configuration was unusable from the start, nothing is. */
  private static boolean isKnown(ClusterSnapshot snapshot) {
    return snapshot.cluster().connection() != Cluster.Connection.MISSING
        || !snapshot.nodes().isEmpty();
  }
}
