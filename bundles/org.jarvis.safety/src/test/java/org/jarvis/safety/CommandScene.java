package org.jarvis.safety;

import java.util.List;
import java.util.Map;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.safety.command.Analysts;
import org.jarvis.safety.command.GrammarAnalyst;

/**
 * Commands in the cluster "home", where guest 103, the service docker and the container jarvis are
 * protected.
 */
public final class CommandScene {
  static final Principal MODEL_USER = new Principal("ada", PrincipalKind.PERSON, "session-1");

  final Home home = new Home();
  private final GrammarAnalyst analyst =
      Analysts.shipped(new CommandDestinations("mirror.example.org"));
  private final HostPlaces places = new HostPlaces();
  private final CommandPolicy policy;
  private final StandingJudge judge;

  /** With the usual things protected. */
  public CommandScene() {
    TagMemory memory = new TagMemory();
    memory.setStore(new FakeSettingStore());
    OwnPlaceRegister place = Registers.nowhere();
    ProtectionRegister register =
        new ProtectionRegister(
            ConfiguredProtection.read(new String[] {"pve:home:guest:103"}),
            ProtectedServices.read(new String[] {"docker"}),
            memory,
            place);
    ProtectedParts parts =
        new ProtectedParts(register, new String[] {"jarvis"}, new String[] {"pve2/vmbr9"});
    CommandProtection protection = new CommandProtection(register, parts, place);
    policy = new CommandPolicy(analyst, places, protection);
    judge = new StandingJudge(analyst, places, protection);
    show();
  }

  /** Takes over what the test changed of the cluster. */
  void show() {
    FakeLiveState state = new FakeLiveState();
    state.show(home.snapshot());
    places.setLiveState(state);
    analyst.setLiveState(state);
  }

  /** What the policy says to a person's click. */
  Decision person(String node, String command) {
    return decide(Origin.BROWSER, Map.of("node", node, "command", command));
  }

  /** What the policy says when a model asks. */
  Decision model(String node, String command) {
    return decide(Origin.CHAT, Map.of("node", node, "command", command));
  }

  /** What the policy says to these arguments; the tool itself claims to look only. */
  Decision decide(Origin origin, Map<String, Object> arguments) {
    PolicyRequest request =
        new PolicyRequest(
            CommandPolicy.TOOL,
            new Arguments(arguments),
            Home.use(Effect.OBSERVES),
            MODEL_USER,
            origin,
            List.of(),
            List.of(home.snapshot()));
    return policy.decide(request);
  }

  /** What the policy says to a tool with a name of its own. */
  Decision tool(PolicyRequest.Target target) {
    return policy.decide(home.touches(target.touch().leastEffect(), target));
  }

  /** Takes hosts over. */
  void connect(Hosts hosts) {
    places.setHosts(hosts);
    analyst.setHosts(hosts);
  }

  /** What a preview says. */
  public CommandAnalysis judge(String host, String command) {
    return judge.judge(host, new CommandText.Line(command));
  }
}
