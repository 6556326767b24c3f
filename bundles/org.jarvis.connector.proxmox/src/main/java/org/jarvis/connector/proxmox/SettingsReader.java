package org.jarvis.connector.proxmox;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.connector.proxmox.http.Access;
import org.jarvis.connector.proxmox.http.ApiToken;
import org.jarvis.connector.proxmox.http.Fingerprint;
import org.osgi.framework.Constants;

/**
 * Turns a configuration into valid settings, or says which file, which key and what is expected.
 * What it says goes to the log and to the health page, so it never repeats a value: a token may
 * have got into the wrong line.
 */
final class SettingsReader {
  static final String NAME = "name";
  static final String ADDRESSES = "addresses";
  static final String TOKEN = "token";
  static final String TOKEN_FILE = "token.file";
  static final String FINGERPRINT = "tls.fingerprint";
  static final String OUTSIDE = "runs.outside";
  static final String IN_GUEST = "runs.in.guest";
  static final String INTERVAL = "poll.interval.seconds";
  private static final String FILE = "felix.fileinstall.filename";
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,253}");
  private static final int DEFAULT_PORT = 8006;
  private static final int DEFAULT_INTERVAL = 10;
  private static final int LONGEST_INTERVAL = 3600;
  private static final int LARGEST_TOKEN_FILE = 4096;

  private final Map<String, ?> properties;
  private final String source;

  private SettingsReader(Map<String, ?> properties) {
    this.properties = properties;
    this.source = source(properties);
  }

  /**
   * Reads a configuration.
   *
   * @throws JarvisException with code {@code MISCONFIGURED}
   */
  static ClusterSettings read(Map<String, ?> properties) {
    return new SettingsReader(properties).settings();
  }

  /** What to call the cluster while its name is not known: the name as given, or the PID. */
  static String label(Map<String, ?> properties) {
    try {
      return new ClusterId(new SettingsReader(properties).text(NAME)).value();
    } catch (IllegalArgumentException invalid) {
      return text(properties, Constants.SERVICE_PID, "without a name");
    }
  }

  /** A configuration's PID. */
  static String configuration(Map<String, ?> properties) {
    return text(properties, Constants.SERVICE_PID, ProxmoxConnector.PID);
  }

  /** The file that a configuration comes from, as its operator knows it. */
  static String source(Map<String, ?> properties) {
    String file = text(properties, FILE, "");
    if (file.isEmpty()) {
      return "the configuration " + text(properties, Constants.SERVICE_PID, "of this cluster");
    }
    String[] parts = file.split("[/\\\\]", -1);
    int last = parts.length - 1;
    return last > 0 ? parts[last - 1] + "/" + parts[last] : parts[last];
  }

  private static String text(Map<String, ?> properties, String key, String otherwise) {
    Object value = properties.get(key);
    String text = value == null ? "" : value.toString().strip();
    return text.isEmpty() ? otherwise : text;
  }

  private String text(String key) {
    Object value = properties.get(key);
    if (value instanceof Object[] several) {
      return Arrays.stream(several).map(String::valueOf).collect(Collectors.joining(","));
    }
    String text = text(properties, key, "");
    if (text.contains("${") || text.contains("$[")) {
      throw wrong(
          key, "a value for its placeholder: the variable or secret that it names is not set");
    }
    return text;
  }

  private List<String> list(String key) {
    return Arrays.stream(text(key).split("[,\\s]+")).filter(part -> !part.isEmpty()).toList();
  }

  private JarvisException wrong(String key, String expected) {
    return new JarvisException(
        ErrorCode.MISCONFIGURED, source + ": the key " + key + " needs " + expected + ".");
  }

  private ClusterSettings settings() {
    return new ClusterSettings(
        name(), configuration(properties), addresses(), access(), whereabouts(), interval());
  }

  private ClusterId name() {
    try {
      return new ClusterId(text(NAME));
    } catch (IllegalArgumentException invalid) {
      throw wrong(
          NAME,
          "a short name for the cluster: a lower-case letter, then at most 31 lower-case letters,"
              + " digits or hyphens, such as home");
    }
  }

  private List<URI> addresses() {
    Set<URI> addresses = new LinkedHashSet<>();
    for (String text : list(ADDRESSES)) {
      addresses.add(address(text));
    }
    if (addresses.isEmpty()) {
      throw wrong(
          ADDRESSES, "one or more addresses of the cluster, such as https://192.168.1.10:8006");
    }
    return new ArrayList<>(addresses);
  }

  private URI address(String text) {
    JarvisException wrong =
        wrong(
            ADDRESSES,
            "https addresses without user, path or query, separated by commas, such as"
                + " https://192.168.1.10:8006");
    try {
      URI given = new URI(text);
      String path = given.getRawPath();
      boolean plain =
          "https".equalsIgnoreCase(given.getScheme())
              && given.getHost() != null
              && given.getRawUserInfo() == null
              && given.getRawQuery() == null
              && given.getRawFragment() == null
              && (path == null || path.isEmpty() || path.equals("/"));
      if (!plain) {
        throw wrong;
      }
      int port = given.getPort() == -1 ? DEFAULT_PORT : given.getPort();
      return new URI("https", null, given.getHost(), port, null, null, null);
    } catch (URISyntaxException malformed) {
      throw wrong;
    }
  }

  private ApiToken token() {
    String inline = text(TOKEN);
    String file = text(TOKEN_FILE);
    if (!inline.isEmpty() && !file.isEmpty()) {
      throw wrong(TOKEN, "to be alone: either it or " + TOKEN_FILE + " holds the token, not both");
    }
    if (inline.isEmpty() && file.isEmpty()) {
      throw wrong(
          TOKEN,
          "the API token, as user@realm!name=secret (or "
              + TOKEN_FILE
              + " the file that holds it)");
    }
    String key = file.isEmpty() ? TOKEN : TOKEN_FILE;
    return ApiToken.parse(file.isEmpty() ? inline : content(file))
        .orElseThrow(
            () -> wrong(key, "an API token of the form user@realm!name=secret, on one line"));
  }

  private String content(String file) {
    try {
      Path path = Path.of(file);
      if (Files.size(path) > LARGEST_TOKEN_FILE) {
        throw wrong(TOKEN_FILE, "a file that holds nothing but the token");
      }
      return Files.readString(path);
    } catch (IOException | InvalidPathException unreadable) {
      throw wrong(TOKEN_FILE, "a file that exists and that Jarvis may read");
    }
  }

  /** Pins for all members, and those that are written as address=fingerprint for one. */
  private Access access() {
    Set<Fingerprint> pins = new LinkedHashSet<>();
    Map<String, Set<Fingerprint>> pinsOf = new HashMap<>();
    for (String text : list(FINGERPRINT)) {
      int equals = text.lastIndexOf('=');
      Fingerprint pin =
          Fingerprint.parse(text.substring(equals + 1)).orElseThrow(this::wrongFingerprint);
      if (equals < 0) {
        pins.add(pin);
      } else if (HOST.matcher(text.substring(0, equals)).matches()) {
        pinsOf.computeIfAbsent(text.substring(0, equals), host -> new HashSet<>()).add(pin);
      } else {
        throw wrongFingerprint();
      }
    }
    return new Access(token(), pins, pinsOf, source);
  }

  private JarvisException wrongFingerprint() {
    return wrong(
        FINGERPRINT,
        "SHA-256 fingerprints of certificates: 32 hexadecimal bytes such as 4F:0A:…, several"
            + " separated by commas, each maybe for one member alone, as in 192.168.1.10=4F:0A:…");
  }

  private Whereabouts whereabouts() {
    boolean outside =
        switch (text(OUTSIDE).toLowerCase(Locale.ROOT)) {
          case "", "false", "no" -> false;
          case "true", "yes" -> true;
          default -> throw wrong(OUTSIDE, "true or false");
        };
    String guest = text(IN_GUEST);
    if (outside && !guest.isEmpty()) {
      throw wrong(OUTSIDE, "to be false, or " + IN_GUEST + " to be empty: both cannot be true");
    }
    if (guest.isEmpty()) {
      return outside ? new Whereabouts.Outside() : new Whereabouts.Unknown();
    }
    try {
      return new Whereabouts.InGuest(new GuestId(Integer.parseInt(guest)));
    } catch (IllegalArgumentException invalid) {
      throw wrong(IN_GUEST, "the number of the guest that Jarvis runs in, such as 105");
    }
  }

  private Duration interval() {
    String text = text(INTERVAL);
    try {
      int seconds = text.isEmpty() ? DEFAULT_INTERVAL : Integer.parseInt(text);
      if (seconds >= 1 && seconds <= LONGEST_INTERVAL) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException invalid) {
      // Said below, as for a number that is out of bounds.
    }
    throw wrong(INTERVAL, "a whole number of seconds from 1 to " + LONGEST_INTERVAL);
  }
}
