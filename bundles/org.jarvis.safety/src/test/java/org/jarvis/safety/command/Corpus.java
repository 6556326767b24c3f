package org.jarvis.safety.command;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of command lines, one a line; a number sign begins a comment. */
public final class Corpus {
  private static final Path FOLDER = folder();
  private static final Pattern CHARACTER = Pattern.compile("\\{([0-9A-F]{4,5})}");

  private Corpus() {}

  /** The lines of a file, or of all files of a folder. */
  public static List<String> lines(String name) throws IOException {
    Path place = FOLDER.resolve(name);
    if (Files.isDirectory(place)) {
      try (Stream<Path> files = Files.list(place)) {
        return files.sorted().flatMap(Corpus::lines).toList();
      }
    }
    return lines(place).toList();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("# "))
          .map(line -> file.endsWith("disguised.txt") ? decoded(line) : line);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** Puts characters in the place of their numbers, as in {@code qm{00A0}stop}. */
  private static String decoded(String line) {
    return CHARACTER
        .matcher(line)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    new StringBuilder()
                        .appendCodePoint(Integer.parseInt(found.group(1), 16))
                        .toString()));
  }

  private static Path folder() {
    URL url = Corpus.class.getResource("/corpora");
    try {
      return Path.of(Objects.requireNonNull(url, "/corpora").toURI());
    } catch (URISyntaxException odd) {
      throw new IllegalStateException(odd);
    }
  }
}
