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
 * The example of an extension, built as a newcomer would build it: by its own pom, outside the
 * build of Jarvis, against nothing but the unpacked distribution.
 */
final class ExampleExtension {
  private static final Path SOURCES = Path.of(System.getProperty("examples.folder"));

  private ExampleExtension() {}

  /** Builds it under a version, with a word of its own in what it says. */
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
    List<String> words =
        new ArrayList<>(
            List.of(
                System.getProperty("maven.command"),
                "-B",
                "-ntp",
                "-q",
                "-DskipTests",
                "-Djarvis.home=" + UnpackedDistribution.home(),
                "package"));
    if ("offline=true".equals(System.getProperty("maven.network"))) {
      words.add(1, "-o");
    }
    Outcome outcome = Commands.run(project, words.toArray(String[]::new));
    if (outcome.exitCode() != 0) {
      throw new IOException("The example cannot be built: " + outcome);
    }
    return project.resolve("target").resolve("org.example.memory-" + version + ".jar");
  }

  private static Path copy(Path to) throws IOException {
    Path from = SOURCES.resolve("health-check");
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
