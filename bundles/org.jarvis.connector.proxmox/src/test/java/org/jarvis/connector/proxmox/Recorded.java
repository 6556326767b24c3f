package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Replies of a real Proxmox VE, as they came over the wire. */
public final class Recorded {
  private static final String FOLDER = "/replies/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Recorded() {}

  /** The names of all of them. */
  public static List<String> names() {
    try (Stream<Path> files =
        Files.list(Path.of(Objects.requireNonNull(Recorded.class.getResource(FOLDER)).toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".http"))
          .map(name -> name.substring(0, name.length() - ".http".length()))
          .sorted()
          .toList();
    } catch (IOException | URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** All of a reply. */
  public static byte[] reply(String name) {
    try (InputStream in = Recorded.class.getResourceAsStream(FOLDER + name + ".http")) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Its status. */
  public static int status(String name) {
    return Integer.parseInt(text(name).substring(9, 12));
  }

  /** Its body. */
  public static String body(String name) {
    String text = text(name);
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  /** The data in its body. */
  public static JsonNode data(String name) {
    return json(body(name)).get("data");
  }

  /** Any JSON. */
  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String text(String name) {
    return new String(reply(name), StandardCharsets.UTF_8);
  }
}
