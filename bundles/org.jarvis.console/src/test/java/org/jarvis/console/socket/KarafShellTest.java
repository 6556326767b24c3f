package org.jarvis.console.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.CommandException;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.console.Parts;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // Karaf's own types
class KarafShellTest {
  private final FakeKaraf karaf = new FakeKaraf();
  private final Parts parts = new Parts();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final KarafShell shell =
      new KarafShell(
          karaf, parts, new PrintStream(output, true, UTF_8), new PrintStream(errors, true, UTF_8));

  @Test
  void runsACommandOfJarvisWithItsArguments() {
    FakeCommand command = karaf.has("jarvis", "reset-password");

    assertThat(shell.run(List.of("jarvis:reset-password", "ada b"))).isTrue();
    assertThat(shell.run(List.of("reset-password", "$(x)"))).isTrue();

    assertThat(command.calls).containsExactly(List.of("ada b"), List.of("$(x)"));
  }

  @Test
  void runsNoOtherCommandThatKarafHas() {
    FakeCommand foreign = karaf.has("shell", "exec");
    FakeCommand posing = karaf.has("jarvis", "run-anything");

    for (String name : List.of("shell:exec", "exec", "jarvis:run-anything", "run-anything")) {
      assertThat(shell.run(List.of(name))).as(name).isFalse();
    }

    assertThat(foreign.calls).isEmpty();
    assertThat(posing.calls).isEmpty();
    assertThat(errors.toString(UTF_8)).contains("there is no command 'shell:exec' here");
  }

  @Test
  void runsWhatABundleOfJarvisOffersByItsWholeName() {
    FakeCommand offered = new FakeCommand("lab", "fault");
    offered.failure = new CommandException("There is no fault 'fire'.");
    parts.add(offered);

    assertThat(shell.run(List.of("lab:fault", "on", "fire"))).isFalse();
    offered.failure = null;
    assertThat(shell.run(List.of("lab:fault", "list"))).isTrue();
    assertThat(shell.run(List.of("fault", "list"))).isFalse();
    assertThat(shell.run(List.of("help"))).isTrue();

    assertThat(offered.calls).containsExactly(List.of("on", "fire"), List.of("list"));
    assertThat(errors.toString(UTF_8))
        .isEqualTo(
            """
            There is no fault 'fire'.
            there is no command 'fault' here. 'help' lists those that are.
            """);
    assertThat(output.toString(UTF_8)).contains("lab:fault").contains("Does fault");
  }

  @Test
  void ownScopeIsNotForOthers() {
    FakeCommand posing = new FakeCommand("jarvis", "status");
    FakeCommand further = new FakeCommand("jarvis", "further");
    parts.add(posing);
    parts.add(further);

    assertThat(shell.run(List.of("jarvis:status"))).isFalse();
    assertThat(shell.run(List.of("jarvis:further"))).isFalse();
    assertThat(shell.run(List.of("help"))).isTrue();

    assertThat(posing.calls).isEmpty();
    assertThat(further.calls).isEmpty();
    assertThat(output.toString(UTF_8)).doesNotContain("further");
  }

  @Test
  void refusalIsShownAsItIs() {
    karaf.has("jarvis", "status").failure =
        new JarvisException(ErrorCode.PART_MISSING, "The core is not there at the moment.");

    assertThat(shell.run(List.of("status"))).isFalse();

    assertThat(errors.toString(UTF_8)).isEqualTo("The core is not there at the moment.\n");
  }

  @Test
  void unexpectedFailureShowsNothingOfItself() {
    karaf.has("jarvis", "status").failure = new IllegalStateException("secret inside");

    assertThat(shell.run(List.of("status"))).isFalse();

    assertThat(errors.toString(UTF_8)).contains("The log says more").doesNotContain("secret");
  }

  @Test
  void commandThatIsNotThereYetIsSaid() {
    assertThat(shell.run(List.of("status"))).isFalse();

    assertThat(errors.toString(UTF_8)).contains("jarvis:status is not there yet");
  }

  @Test
  void helpListsOnlyWhatCanBeRun() {
    karaf.has("jarvis", "status");
    karaf.has("shell", "exec");

    assertThat(shell.run(List.of("help"))).isTrue();

    assertThat(output.toString(UTF_8)).contains("jarvis:status").doesNotContain("exec");
  }

  private static final class FakeCommand implements Command {
    private final String scope;
    private final String name;
    private final List<List<Object>> calls = new ArrayList<>();
    private Exception failure;

    FakeCommand(String scope, String name) {
      this.scope = scope;
      this.name = name;
    }

    @Override
    public Object execute(Session session, List<Object> arguments) throws Exception {
      assertThat(session).isNotNull();
      calls.add(arguments);
      if (failure != null) {
        throw failure;
      }
      return "";
    }

    @Override
    public String getScope() {
      return scope;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public String getDescription() {
      return "Does " + name;
    }

    @Override
    public Completer getCompleter(boolean scoped) {
      return null;
    }

    @Override
    public Parser getParser() {
      return null;
    }
  }

  private static final class FakeKaraf implements SessionFactory, Registry {
    private final List<Command> commands = new ArrayList<>();

    FakeCommand has(String scope, String name) {
      FakeCommand command = new FakeCommand(scope, name);
      commands.add(command);
      return command;
    }

    @Override
    public Registry getRegistry() {
      return this;
    }

    @Override
    public Session create(InputStream in, PrintStream out, PrintStream err) {
      return (Session)
          Proxy.newProxyInstance(
              Session.class.getClassLoader(),
              new Class<?>[] {Session.class},
              (proxy, method, arguments) -> {
                throw new AssertionError("The shell called " + method);
              });
    }

    @Override
    public Session create(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Terminal terminal,
        String encoding,
        Runnable closeCallback) {
      throw new AssertionError();
    }

    @Override
    public Session create(InputStream in, PrintStream out, PrintStream err, Session parent) {
      throw new AssertionError();
    }

    @Override
    public List<Command> getCommands() {
      return commands;
    }

    @Override
    public Command getCommand(String scope, String name) {
      return commands.stream()
          .filter(command -> command.getScope().equals(scope) && command.getName().equals(name))
          .findFirst()
          .orElse(null);
    }

    @Override
    public <T> void register(Callable<T> factory, Class<T> type) {
      throw new AssertionError();
    }

    @Override
    public void register(Object service) {
      throw new AssertionError();
    }

    @Override
    public void unregister(Object service) {
      throw new AssertionError();
    }

    @Override
    public <T> T getService(Class<T> type) {
      throw new AssertionError();
    }

    @Override
    public <T> List<T> getServices(Class<T> type) {
      throw new AssertionError();
    }

    @Override
    public boolean hasService(Class<?> type) {
      throw new AssertionError();
    }
  }
}
