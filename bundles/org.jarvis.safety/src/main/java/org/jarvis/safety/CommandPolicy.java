package org.jarvis.safety;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.tool.Arguments;
import org.jarvis.safety.command.GrammarAnalyst;
import org.jarvis.safety.command.Judgement;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Judges what a command on a host would do, by its words alone: whatever the tool says of itself,
 * the command is analysed here again, and one that cannot be read is refused. Of other tools it
 * judges only what they do to containers, networks and services that are protected by name.
 */
@Component
public final class CommandPolicy implements SafetyPolicy {
  /** The tool that runs commands. */
  static final String TOOL = "execute_ssh";

  private final GrammarAnalyst analyst;
  private final HostPlaces places;
  private final CommandProtection protection;

  /** Asks those who know. */
  @Activate
  public CommandPolicy(
      @Reference GrammarAnalyst analyst,
      @Reference HostPlaces places,
      @Reference CommandProtection protection) {
    this.analyst = analyst;
    this.places = places;
    this.protection = protection;
  }

  @Override
  public String name() {
    return "command";
  }

  @Override
  public Decision decide(PolicyRequest request) {
    if (!request.tool().equals(TOOL)) {
      return request.targets().stream()
          .flatMap(target -> protection.objection(target).stream())
          .findFirst()
          .<Decision>map(Decision.Deny::new)
          .orElseGet(() -> new Decision.Allow("It runs no command of somebody's own."));
    }
    Optional<CommandText> command = command(request.arguments());
    if (command.isEmpty()) {
      return new Decision.Deny("It does not say what to run: either 'command' or 'argv' does.");
    }
    String host = host(request.arguments());
    Judgement judgement =
        analyst.judge(host.substring(host.indexOf('/') + 1), false, command.get());
    return protection
        .objection(judgement, places.find(host))
        .<Decision>map(Decision.Deny::new)
        .orElseGet(() -> byTier(judgement.analysis(), request));
  }

  /** The one form or the other; what is of neither form is no command. */
  static Optional<CommandText> command(Arguments arguments) {
    Object line = arguments.values().get("command");
    Object words = arguments.values().get("argv");
    if (line instanceof String text && words == null) {
      return Optional.of(new CommandText.Line(text));
    }
    if (line == null
        && words instanceof List<?> list
        && list.stream().allMatch(String.class::isInstance)) {
      return Optional.of(new CommandText.Words(list.stream().map(String.class::cast).toList()));
    }
    return Optional.empty();
  }

  private static String host(Arguments arguments) {
    Object node =
        arguments.values().containsKey("node")
            ? arguments.values().get("node")
            : arguments.values().get("host");
    Object cluster = arguments.values().get("cluster");
    return cluster == null ? String.valueOf(node) : cluster + "/" + node;
  }

  private static Decision byTier(CommandAnalysis analysis, PolicyRequest request) {
    String why = String.join(" ", analysis.reasons());
    return switch (analysis.tier()) {
      case BLACK ->
          new Decision.Deny(analysis.instead() == null ? why : why + " " + analysis.instead());
      case RED -> new Decision.RequireApproval(why, analysis.consent());
      case YELLOW -> new Decision.AllowAndRecord(why);
      case GREEN ->
          analysis.autoRuns() || isDirect(request)
              ? new Decision.Allow(why)
              : new Decision.RequireApproval(why, Consent.HOLD);
    };
  }

  private static boolean isDirect(PolicyRequest request) {
    PrincipalKind kind = request.principal().kind();
    return request.origin().direct() && kind != PrincipalKind.MCP && kind != PrincipalKind.RUNBOOK;
  }
}
