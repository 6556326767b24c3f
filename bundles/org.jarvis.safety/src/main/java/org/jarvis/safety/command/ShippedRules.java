package org.jarvis.safety.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.safety.command.grammar.RuleFile;
import org.jarvis.safety.command.grammar.RuleFileReader;
import org.jarvis.safety.command.grammar.RuleProblem;

/** The rules that Jarvis ships. A test of the build reads them all, so they can be read. */
final class ShippedRules {
  private static final String FOLDER = "rules/";
  private static final String INDEX = FOLDER + "index";

  private ShippedRules() {}

  /**
   * Reads them.
   *
   * @throws RuleProblem when one is wrong
   */
  static List<RuleFile> read() throws RuleProblem {
    List<RuleFile> files = new ArrayList<>();
    for (String line : text(INDEX).split("\n", -1)) {
      String name = line.strip();
      if (!name.isEmpty() && !name.startsWith("#")) {
        files.add(RuleFileReader.read(name, text(FOLDER + name)));
      }
    }
    return files;
  }

  private static String text(String resource) {
    try (InputStream stream = ShippedRules.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException(resource + " is not in the bundle");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
