package org.jarvis.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandJudge;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.safety.command.GrammarAnalyst;
import org.jarvis.safety.command.Judgement;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells what would become of a command, by what {@link CommandPolicy} goes by, too. */
@Component(service = CommandJudge.class)
public final class StandingJudge implements CommandJudge {
  private final GrammarAnalyst analyst;
  private final HostPlaces places;
  private final CommandProtection protection;

  /** Asks those who know. */
  @Activate
  public StandingJudge(
      @Reference GrammarAnalyst analyst,
      @Reference HostPlaces places,
      @Reference CommandProtection protection) {
    this.analyst = analyst;
    this.places = places;
    this.protection = protection;
  }

  @Override
  public CommandAnalysis judge(String host, CommandText command) {
    List<HostPlace> candidates = places.find(host);
    boolean sudo = candidates.stream().anyMatch(HostPlace::sudo);
    Judgement judgement = analyst.judge(host.substring(host.indexOf('/') + 1), sudo, command);
    Optional<String> objection = protection.objection(judgement, candidates);
    List<String> reasons = new ArrayList<>(judgement.analysis().reasons());
    objection.ifPresent(reason -> reasons.add(0, reason));
    if (candidates.stream().noneMatch(HostPlace::isKnown)) {
      reasons.add(
          "This host is not known, so it is judged by what is protected in any cluster; nothing"
              + " runs there.");
    }
    return with(judgement.analysis(), objection.isPresent(), reasons);
  }

  private static CommandAnalysis with(
      CommandAnalysis analysis, boolean refused, List<String> reasons) {
    return refused
        ? new CommandAnalysis(
            analysis.parsed(),
            Tier.BLACK,
            Effect.DESTROYS,
            Consent.TYPED,
            false,
            "",
            analysis.vectors(),
            analysis.affected(),
            reasons,
            analysis.instead())
        : new CommandAnalysis(
            analysis.parsed(),
            analysis.tier(),
            analysis.effect(),
            analysis.consent(),
            analysis.autoRuns(),
            analysis.canonical(),
            analysis.vectors(),
            analysis.affected(),
            reasons,
            analysis.instead());
  }
}
