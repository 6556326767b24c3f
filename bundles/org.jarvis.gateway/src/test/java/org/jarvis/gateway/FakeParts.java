package org.jarvis.gateway;

import java.time.Clock;
import java.util.Optional;
import org.jarvis.testkit.problem.FakeProblems;
import org.jarvis.testkit.screen.FakeScreen;

/** Every part of Jarvis that the gateway needs, each of them a fake. */
public class FakeParts {
  public final FakeHosts hosts = new FakeHosts();
  public final FakeCertificates certificates = new FakeCertificates();
  public final Parts parts = new Parts();
  public final FakeCore core = new FakeCore();
  public final FakeProblems problems = new FakeProblems(core, FakeCore.START);
  public final FakePanels panels = new FakePanels();
  public final FakeConversations conversations = new FakeConversations();
  public final FakeScreen screen = new FakeScreen(Clock.systemUTC());
  public final FakeReadings readings = new FakeReadings();
  public final FakeTerminals terminals = new FakeTerminals();
  public final FakeSafety safety = new FakeSafety();
  public final FakeAuthenticator auth = new FakeAuthenticator();
  public final FakeCommands commands = new FakeCommands();

  /** All of them are there. */
  public FakeParts() {
    parts.gate().add(core);
    parts.plans().add(core);
    parts.problems().add(problems);
    parts.panels().add(panels);
    parts.conversations().add(conversations);
    parts.screen().add(screen);
    parts.toolConsents().add(core);
    parts.catalogue().add(core);
    parts.liveState().add(core);
    parts.events().add(core);
    parts.readings().add(readings);
    parts.terminals().add(terminals);
    parts.audit().add(core.audit());
    parts.protection().add(resource -> Optional.empty());
    parts.protections().add(safety);
    parts.place().add(safety);
    parts.aliases().add(safety);
    parts.commands().add(commands);
    parts.commandRules().add(commands);
    parts.guardrails().add(safety);
    parts.authenticator().add(auth);
    parts.accounts().add(auth);
    QuietParts quiet = new QuietParts();
    parts.metrics().add(quiet);
    parts.extensions().add(quiet);
    parts.hosts().add(hosts);
    parts.hostKeys().add(hosts);
    parts.certificates().add(certificates);
    parts.modelUsage().add(new FakeUsage());
    parts.preferences().add(new MemoryPreferences());
  }
}
