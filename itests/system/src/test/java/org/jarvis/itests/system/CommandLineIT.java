package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says and does before anything is started. */
class CommandLineIT {
  @TempDir Path folder;

  private Path data;
  private Path tools;

  @BeforeEach
  void prepare() throws IOException {
    data = folder.resolve("data");
    tools = Files.createDirectory(folder.resolve("tools"));
  }

  @Test
  void helpNamesEveryCommand() throws IOException {
    Outcome outcome = jarvis("--help");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.output())
        .contains("demo", "run", "status", "stop", "logs", "lab", "console", "backup", "restore");
  }

  @Test
  void restoreNeedsAFile() throws IOException {
    assertThat(refusal(jarvis("restore"))).contains("needs the name of a backup");
  }

  @ParameterizedTest
  @CsvSource({
    "demo --port x, --port",
    "demo --port 0, --port",
    "run --port 65536, --port",
    "demo --nodes 0, --nodes",
    "demo --guests -1, --guests",
    "demo --speed fast, --speed",
    "demo --speed 0.0, --speed",
    "run --nodes 3, --nodes",
    "lab --release 6, '--release is 7, 8 or 9'",
    "demo --release 8, --release",
    "stop --port 1, --port",
    "demo --data, --data",
    "run --unknown 1, --unknown",
    "backup one.zip two.zip, one file",
    "run one.zip, one.zip",
    "backup --port 1, --port",
    "dance, dance"
  })
  void wrongArgumentIsNamed(String arguments, String named) throws IOException {
    assertThat(refusal(jarvis(arguments.split(" ")))).contains(named);
  }

  @Test
  void portInUseIsSaid() throws IOException {
    try (ServerSocket taken = Ports.listen()) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(refusal(jarvis("run", "--port", port, "--data", data.toString())))
          .contains("port " + port + " is in use");
    }
    assertThat(data).doesNotExist();
  }

  @Test
  void dataFolderThatCannotBeWrittenIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder", UTF_8);
    String below = file.resolve("data").toString();

    assertThat(refusal(jarvis("run", "--port", freePort(), "--data", below)))
        .contains("the data folder " + below + " cannot be written");
  }

  @Test
  void nothingIsClearedBehindALink() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/etc"));
    Path precious = Files.writeString(elsewhere.resolve("passwd"), "root", UTF_8);
    Files.createDirectories(data);
    Files.createSymbolicLink(data.resolve("karaf"), folder.resolve("elsewhere"));

    assertThat(refusal(jarvis("run", "--port", freePort(), "--data", data.toString())))
        .contains(data.resolve("karaf") + " is a link");
    assertThat(precious).exists();
  }

  @Test
  void javaThatIsTooOldIsSaid() throws IOException {
    fake("bin/java", "echo 'openjdk version \"11.0.22\" 2024-01-16' >&2");

    Outcome outcome =
        Commands.run(
            folder,
            Map.of("JAVA_HOME", tools.toString()),
            UnpackedDistribution.command().toString(),
            "run",
            "--port",
            freePort(),
            "--data",
            data.toString());

    assertThat(refusal(outcome)).contains("is version 11").contains("JDK 17 or newer");
  }

  @Test
  void javaThatIsMissingIsSaid() throws IOException {
    Outcome outcome =
        Commands.run(
            folder,
            Map.of("JAVA_HOME", folder.resolve("nowhere").toString()),
            UnpackedDistribution.command().toString(),
            "run",
            "--data",
            data.toString());

    assertThat(refusal(outcome)).contains("there is no bin/java").contains("JDK 17 or newer");
  }

  @Test
  void mavenThatIsTooOldIsSaidInTheSources() throws IOException {
    fake("mvn", "echo 'Apache Maven 3.6.3'");

    assertThat(refusal(jarvisInSources())).contains("mvn is version 3.6").contains("Maven 3.8");
  }

  @Test
  void nodeThatIsTooOldIsSaidInTheSources() throws IOException {
    fake("mvn", "echo 'Apache Maven 3.9.9'");
    fake("node", "echo v18.20.4");

    assertThat(refusal(jarvisInSources())).contains("node is version 18.20").contains("Node 20");
  }

  @Test
  void statusOfNoneRunningIsNotSuccess() throws IOException {
    Outcome outcome = jarvis("status", "--data", data.toString());

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.output()).isEqualTo("Jarvis is not running.\n");
  }

  @Test
  void leftOverProcessIdOfAnotherProgramIsNotTakenForJarvis() throws IOException {
    Files.createDirectory(data);
    Files.writeString(
        data.resolve("jarvis.pid"), Long.toString(ProcessHandle.current().pid()), UTF_8);

    assertThat(jarvis("status", "--data", data.toString()).output())
        .isEqualTo("Jarvis is not running.\n");
    assertThat(refusal(jarvis("stop", "--data", data.toString()))).contains("is not running");
  }

  @Test
  void statusPrintsNothingButPlainTextOfWhatTheDataFolderSaysOfTheAddress() throws IOException {
    assertThat(
            statusWith(Files.writeString(folder.resolve("url"), "http://127.0.0.1:8480\n", UTF_8)))
        .startsWith("Jarvis is running at http://127.0.0.1:8480 (process ");
    assertThat(
            statusWith(
                Files.writeString(
                    folder.resolve("url"),
                    "\u001b]0;owned\u0007\u001b[2Jhttp://a\u009b31m\r\nJarvis" + "x".repeat(1000),
                    UTF_8)))
        .startsWith("Jarvis is running at ]0;owned[2Jhttp://a31mJarvisxxx")
        .matches("[ -~]{300,600}\\n");
  }

  @Test
  void statusFollowsNoLinkFromTheDataFolder() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "of root", UTF_8);

    assertThat(statusWith(Files.createSymbolicLink(folder.resolve("url"), secret)))
        .startsWith("Jarvis is running at  (process ")
        .doesNotContain("of root");
  }

  /** While a process runs that looks like Jarvis, with this file in the place of its address. */
  private String statusWith(Path url) throws IOException {
    Files.createDirectories(data);
    Files.move(url, data.resolve("jarvis.url"), StandardCopyOption.REPLACE_EXISTING);
    Process process =
        new ProcessBuilder("sh", "-c", "read -r end", "sh", "-Djarvis.data=" + data).start();
    try {
      Files.writeString(data.resolve("jarvis.pid"), process.pid() + "\n", UTF_8);
      Outcome outcome =
          Commands.run(
              folder,
              "sh",
              System.getProperty("jarvis.script"),
              "status",
              "--data",
              data.toString());
      assertThat(outcome.exitCode()).isZero();
      return outcome.output();
    } finally {
      process.destroyForcibly();
    }
  }

  private Outcome jarvis(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = UnpackedDistribution.command().toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Commands.run(folder, command);
  }

  /** The script beside a pom.xml, where it wants the tools of the build too. */
  private Outcome jarvisInSources() throws IOException {
    Path script = folder.resolve("jarvis");
    Files.copy(Path.of(System.getProperty("jarvis.script")), script);
    Files.writeString(folder.resolve("pom.xml"), "<project/>", UTF_8);
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PATH", tools + ":" + System.getenv("PATH"));
    return Commands.run(
        folder, environment, "sh", script.toString(), "demo", "--data", data.toString());
  }

  private void fake(String name, String does) throws IOException {
    Path file = tools.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + does + "\n", UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String freePort() {
    return Integer.toString(Ports.free());
  }

  /** The one sentence of a refusal, which is all that it prints. */
  private static String refusal(Outcome outcome) {
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).startsWith("jarvis: ").hasLineCount(1);
    return outcome.errors();
  }
}
