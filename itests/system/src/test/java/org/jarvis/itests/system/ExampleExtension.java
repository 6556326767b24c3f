package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The examples of extensions, built as a newcomer would build them: by their own pom, outside the
 * build of Jarvis, against nothing but the unpacked distribution, and its test kit for the tests.
 */
final class ExampleExtension {
  private static final Path SOURCES = Path.of(System.getProperty("examples.folder"));

  /** The name of the demo's cluster. */
  private static final String DEMO = "demo";

  private ExampleExtension() {}

  /** Builds the health check under a version, with a word of its own in what it says. */
  static Path build(Path folder, String version, String word) throws IOException {
    Path project = copy(folder.resolve("health-check-" + version));
    edit(
        project.resolve("pom.xml"),
        "<version>1.0.0</version>",
        "<version>" + version + "</version>");
    edit(
        project.resolve("src/main/java/org/example/memory/Memory.java"),
        "of the memory is in use.",
        "of the memory is in use, says " + word + ".");
    return make(project, version);
  }

  /** Builds one that brings a tool, {@code say_hello}, which only observes. */
  static Path buildTool(Path folder) throws IOException {
    Path project = copy(folder.resolve("tool"));
    edit(project.resolve("pom.xml"), "<version>1.0.0</version>", "<version>2.0.0</version>");
    Files.writeString(
        project.resolve("src/main/java/org/example/memory/HelloTool.java"),
        """
        package org.example.memory;

        import java.time.Duration;
        import java.util.List;
        import java.util.Map;
        import org.jarvis.api.resource.*;
        import org.jarvis.api.safety.*;
        import org.jarvis.api.tool.*;
        import org.osgi.service.component.annotations.Component;

        @Component
        public final class HelloTool implements Tool {
          public ToolDefinition definition() {
            return new ToolDefinition(
                "say_hello", "Say hello", "Says hello.",
                "{\\"type\\":\\"object\\",\\"properties\\":{},\\"additionalProperties\\":false}",
                ResourceKind.CLUSTER, Effect.OBSERVES, true, Duration.ofSeconds(5), null);
          }

          public ToolUse use(Arguments arguments) {
            return new ToolUse("Say hello", Effect.OBSERVES, Tier.GREEN, Consent.NONE, List.of());
          }

          public List<ToolOffer> offers(Resource resource) {
            return List.of();
          }

          public ToolResult run(ToolContext context) {
            return new ToolResult("Hello from a jar.", Map.of());
          }
        }
        """,
        UTF_8);
    return make(project, "2.0.0");
  }

  /**
   * Builds a connector of one host, {@code far}, whose terminals are shells on real
   * pseudo-terminals of this machine, by util-linux's {@code script}.
   */
  static Path buildShellHost(Path folder) throws IOException {
    Path project = copy(folder.resolve("shell-host"));
    edit(project.resolve("pom.xml"), "<version>1.0.0</version>", "<version>3.0.0</version>");
    Files.writeString(
        project.resolve("src/main/java/org/example/memory/ShellHost.java"),
        """
        package org.example.memory;

        import java.io.IOException;
        import java.io.InputStream;
        import java.io.OutputStream;
        import org.jarvis.api.error.*;
        import org.jarvis.api.host.*;
        import org.jarvis.api.resource.*;
        import org.osgi.service.component.annotations.*;

        @Component(immediate = true, service = {})
        public final class ShellHost implements HostOperations {
          // Whoever runs the tests in the background may have Ctrl-C ignored, which would be inherited.
          private static final String SHELL =
              "stty -echoctl; exec env --default-signal=INT,QUIT,HUP PS1='far> ' bash --norc";

          private final HostAttachment attachment;

          @Activate
          public ShellHost(@Reference HostRegistry hosts) {
            ClusterId cluster = new ClusterId("%s");
            attachment =
                hosts.attach(
                    new HostConnection(
                        new HostId(cluster, "far"), "shell-host", ResourceRef.cluster(cluster),
                        "192.0.2.7", 22, "jarvis", false, this));
          }

          @Deactivate
          void leave() {
            attachment.detach();
          }

          public CommandResult run(CommandRun run) {
            throw new JarvisException(ErrorCode.NOT_SENT, "This host has terminals alone.");
          }

          public TerminalLine open(TerminalRequest request, TerminalOutput output) {
            try {
              ProcessBuilder shell =
                  new ProcessBuilder("script", "-qefc", SHELL, "/dev/null")
                      .redirectErrorStream(true);
              shell.environment().put("TERM", "xterm-256color");
              Process process = shell.start();
              new Thread(() -> read(process, output), "shell-host").start();
              return new Line(process);
            } catch (IOException failed) {
              throw new JarvisException(ErrorCode.NOT_SENT, "There is no script: " + failed);
            }
          }

          private static void read(Process process, TerminalOutput output) {
            byte[] chunk = new byte[32 * 1024];
            try (InputStream printed = process.getInputStream()) {
              for (int n = printed.read(chunk); n >= 0; n = printed.read(chunk)) {
                output.output(chunk, n);
              }
              output.ended(process.waitFor(), null);
            } catch (IOException | InterruptedException lost) {
              output.ended(null, "The shell was lost.");
            }
          }

          private record Line(Process process) implements TerminalLine {
            public void type(byte[] input) {
              try {
                OutputStream typed = process.getOutputStream();
                typed.write(input);
                typed.flush();
              } catch (IOException gone) {
                throw new JarvisException(ErrorCode.UNREACHABLE, "The shell has ended.");
              }
            }

            public void resize(int columns, int rows) {}

            public void close() {
              process.descendants().forEach(ProcessHandle::destroyForcibly);
              process.destroyForcibly();
            }
          }
        }
        """
            .formatted(DEMO),
        UTF_8);
    return make(project, "3.0.0");
  }

  /** Builds another of the examples as it is, with its tests, which are the contract's. */
  static Path build(Path folder, String example) throws IOException {
    return make(copy(example, folder.resolve(example)));
  }

  /** Builds the tool as a later version that says something else of itself. */
  static Path buildChangedTool(Path folder, String from, String to) throws IOException {
    Path project = copy("busiest-guests", folder.resolve("busiest-guests-changed"));
    edit(project.resolve("pom.xml"), "<version>1.0.0</version>", "<version>1.1.0</version>");
    edit(project.resolve("src/main/java/org/example/busiest/BusiestGuests.java"), from, to);
    return make(project);
  }

  private static Path make(Path project) throws IOException {
    Path testKit =
        SOURCES.resolveSibling("bundles").resolve("org.jarvis.testkit").resolve("target");
    mvn(project, "-Djarvis.testkit=" + testKit.toRealPath());
    try (Stream<Path> built = Files.list(project.resolve("target"))) {
      return built
          .filter(file -> file.toString().endsWith(".jar"))
          .findFirst()
          .orElseThrow(() -> new IOException(project + " has made no jar"));
    }
  }

  private static Path make(Path project, String version) throws IOException {
    mvn(project, "-DskipTests");
    return project.resolve("target").resolve("org.example.memory-" + version + ".jar");
  }

  private static void mvn(Path project, String property) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                System.getProperty("maven.command"),
                "-B",
                "-ntp",
                "-q",
                property,
                "-Djarvis.home=" + UnpackedDistribution.home(),
                "package"));
    if ("offline=true".equals(System.getProperty("maven.network"))) {
      words.add(1, "-o");
    }
    Outcome outcome = Commands.run(project, words.toArray(String[]::new));
    if (outcome.exitCode() != 0) {
      throw new IOException("The example cannot be built: " + outcome);
    }
  }

  private static Path copy(Path to) throws IOException {
    return copy("health-check", to);
  }

  private static Path copy(String example, Path to) throws IOException {
    Path from = SOURCES.resolve(example);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = from.relativize(file);
        if (!relative.startsWith("target")) {
          Path copy = to.resolve(relative);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return to;
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file, UTF_8);
    if (!text.contains(from)) {
      throw new IOException(file + " has changed: no " + from);
    }
    Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(from), to), UTF_8);
  }

  /** Signs a jar with the JDK's own tools and a self-made certificate of this name. */
  static Path sign(Path folder, Path jar, String name) throws IOException {
    Path store = folder.resolve(name + ".p12");
    if (!Files.exists(store)) {
      jdk(
          folder,
          "keytool",
          "-genkeypair",
          "-alias",
          "me",
          "-keyalg",
          "EC",
          "-dname",
          "CN=" + name,
          "-storetype",
          "PKCS12",
          "-keystore",
          store.toString(),
          "-storepass",
          "changeit");
    }
    Path signed = folder.resolve("signed-" + jar.getFileName());
    jdk(
        folder,
        "jarsigner",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit",
        "-signedjar",
        signed.toString(),
        jar.toString(),
        "me");
    return signed;
  }

  private static void jdk(Path folder, String tool, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(words));
    Outcome outcome = Commands.run(folder, command.toArray(String[]::new));
    if (outcome.exitCode() != 0) {
      throw new IOException(tool + " failed: " + outcome);
    }
  }
}
