package org.jarvis.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who Jarvis is and how it works, as models are told: {@code persona.md} and {@code rules.md} of
 * the folder {@code chat} beside the configuration, read anew for each turn. Where one is missing,
 * unreadable or empty, what Jarvis was shipped with stands in its place. Safe from any thread.
 */
final class Persona {
  private static final Logger LOG = LoggerFactory.getLogger(Persona.class);
  private static final String[] FILES = {"persona.md", "rules.md"};
  private static final int MOST_BYTES = 32 * 1024;

  private final Path folder;

  /** What this folder says. */
  Persona(Path folder) {
    this.folder = folder;
  }

  /** All of it. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (String file : FILES) {
      text.append(own(file).strip()).append("\n\n");
    }
    return text.toString().strip();
  }

  private String own(String file) {
    Path path = folder.resolve(file);
    try {
      if (Files.isRegularFile(path)) {
        if (Files.size(path) > MOST_BYTES) {
          LOG.warn(
              "{} has more than {} bytes; what Jarvis was shipped with is used. Shorten it.",
              path,
              MOST_BYTES);
        } else {
          String text = Files.readString(path, StandardCharsets.UTF_8);
          if (!text.isBlank()) {
            return text;
          }
        }
      }
    } catch (IOException unreadable) {
      LOG.warn(
          "{} cannot be read as UTF-8; what Jarvis was shipped with is used: {}",
          path,
          unreadable.toString());
    }
    return shipped(file);
  }

  private static String shipped(String file) {
    try (InputStream input = Persona.class.getResourceAsStream(file)) {
      if (input == null) {
        throw new IllegalStateException(file + " is missing in the bundle.");
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
