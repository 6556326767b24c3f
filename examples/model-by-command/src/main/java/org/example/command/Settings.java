package org.example.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jarvis.api.llm.ModelCapabilities;
import org.jarvis.api.llm.PriceList;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.provider.ProviderConfiguration;

/** What one configuration says: who answers, by which command, and how long that may take. */
record Settings(ProviderDefinition definition, List<String> command, Duration time) {
  /**
   * Reads it. What is wrong is thrown with file, key and what is expected, and gets into the log.
   */
  static Settings read(ProviderConfiguration configuration) {
    List<String> command =
        Stream.of(configuration.text("command").split(",")).map(String::strip).toList();
    if (!isProgram(command.get(0))) {
      throw configuration.wrong(
          "command", "the full path of a program, and its arguments, separated by commas");
    }
    int seconds = configuration.number("time.seconds", 300, 1, 3600);
    return new Settings(definition(configuration), command, Duration.ofSeconds(seconds));
  }

  private static boolean isProgram(String path) {
    try {
      // A bare name would be whatever the first folder of some PATH holds under it.
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException unusable) {
      return false;
    }
  }

  private static ProviderDefinition definition(ProviderConfiguration configuration) {
    String name = configuration.text("name");
    String title = configuration.text("title");
    String model = configuration.text("model");
    int context = configuration.number("context.tokens", 8192, 512, 100_000_000);
    try {
      return new ProviderDefinition(
          name,
          title.isEmpty() ? name : title,
          model.isEmpty() ? name : model,
          "localhost",
          false,
          // A quarter is for the answer. Tools are nothing that plain text could ask for.
          new ModelCapabilities(context, context / 4, false),
          PriceList.FREE);
    } catch (IllegalArgumentException invalid) {
      throw configuration.wrong("name", "lower-case words joined by hyphens, such as llama");
    }
  }

  /** What the program is called, for people: its arguments are nobody's business. */
  String program() {
    return String.valueOf(Path.of(command.get(0)).getFileName());
  }
}
