package org.jarvis.safety.command;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.NodeName;
import org.jarvis.safety.CommandDestinations;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Tells what commands mean, by the rules that count at the moment. */
@Component(service = {CommandAnalyst.class, GrammarAnalyst.class})
public final class GrammarAnalyst implements CommandAnalyst {
  private final OwnRules rules;
  private final CommandDestinations configured;
  private volatile @Nullable LiveState liveState;
  private volatile @Nullable Hosts hosts;

  /** Asks the rules. */
  @Activate
  public GrammarAnalyst(@Reference OwnRules rules, @Reference CommandDestinations configured) {
    this.rules = rules;
    this.configured = configured;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setLiveState(LiveState arrived) {
    liveState = arrived;
  }

  void unsetLiveState(LiveState left) {
    if (liveState == left) {
      liveState = null;
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setHosts(Hosts arrived) {
    hosts = arrived;
  }

  void unsetHosts(Hosts left) {
    if (hosts == left) {
      hosts = null;
    }
  }

  @Override
  public CommandAnalysis analyse(HostId host, boolean sudo, CommandText command) {
    return judge(host.name(), sudo, command).analysis();
  }

  /** The analysis, with what only the policies need to know. */
  public Judgement judge(String host, boolean sudo, CommandText command) {
    return new LineJudge(rules.book(), new Destinations(this::isKnown)).judge(host, sudo, command);
  }

  private boolean isKnown(String name) {
    return configured.names().contains(name) || isNode(name) || isHost(name);
  }

  private boolean isNode(String name) {
    LiveState present = liveState;
    if (present == null) {
      return false;
    }
    Set<String> nodes =
        present.clusters().stream()
            .flatMap(cluster -> cluster.nodes().keySet().stream())
            .map(NodeName::value)
            .map(node -> node.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return nodes.contains(name);
  }

  private boolean isHost(String name) {
    Hosts present = hosts;
    return present != null
        && present.all().stream()
            .anyMatch(
                host ->
                    host.id().name().equalsIgnoreCase(name)
                        || host.address().equalsIgnoreCase(name));
  }
}
