package org.jarvis.gateway.listen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jarvis.gateway.GatewayConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about listening. What is wrong in it is listed in {@code complaints},
 * and the safe choice stands in its place: loopback for an address, TLS for a mode.
 *
 * @param listeners where to listen
 * @param hosts the names under which Jarvis is known besides its addresses
 * @param own the user's own certificate, {@code null} for a self-generated one
 * @param hsts whether browsers are told to insist on TLS, with the user's own certificate
 * @param complaints what is wrong, each with file, key and what is expected
 */
record ListenSettings(
    List<Listener> listeners,
    Set<String> hosts,
    @Nullable PemFiles own,
    boolean hsts,
    List<String> complaints) {
  private static final String FILE = "etc/org.jarvis.gateway.cfg: ";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int USUAL_PORT = 8480;
  private static final int MAX_PORT = 65_535;

  ListenSettings {
    listeners = List.copyOf(listeners);
    hosts = Set.copyOf(hosts);
    complaints = List.copyOf(complaints);
  }

  /**
   * Reads the configuration.
   *
   * @param host the address from the command line, {@code null} where there is none
   * @param port the port from the command line, likewise
   * @param folder what relative file names start from
   */
  static ListenSettings of(
      GatewayConfiguration configuration,
      @Nullable String host,
      @Nullable String port,
      Path folder) {
    List<String> complaints = new ArrayList<>();
    String word = configuration.tls().trim().toLowerCase(Locale.ROOT);
    TlsMode mode =
        TlsMode.of(word)
            .orElseGet(
                () -> {
                  complaints.add(
                      FILE + "tls is auto, always or never, not '" + word + "'; taken as always.");
                  return TlsMode.ALWAYS;
                });
    int number = port(port, complaints);
    Set<Listener> listeners = new LinkedHashSet<>();
    for (String address : addresses(configuration.listen(), host, complaints)) {
      listeners.add(new Listener(address, number, mode.covers(Listener.isLoopback(address))));
    }
    return new ListenSettings(
        List.copyOf(listeners),
        Set.copyOf(words(configuration.allowed_hosts())),
        own(configuration, folder, complaints),
        configuration.tls_hsts(),
        complaints);
  }

  private static List<String> addresses(
      String[] configured, @Nullable String host, List<String> complaints) {
    List<String> named = words(configured);
    String source = FILE + "listen";
    if (named.isEmpty()) {
      named = words(new String[] {host == null ? LOOPBACK : host});
      source = "JARVIS_HOST";
    }
    List<String> addresses = new ArrayList<>();
    for (String name : named) {
      String address = name.equals("localhost") ? LOOPBACK : withoutBrackets(name);
      if (Listener.isAddress(address)) {
        addresses.add(address);
      } else {
        complaints.add(
            source
                + " is an IP address of this machine such as 192.168.1.5, or 0.0.0.0 for all, not '"
                + name
                + "'; Jarvis does not listen there.");
      }
    }
    return addresses.isEmpty() ? List.of(LOOPBACK) : addresses;
  }

  private static @Nullable PemFiles own(
      GatewayConfiguration configuration, Path folder, List<String> complaints) {
    String certificate = configuration.tls_certificate().trim();
    String key = configuration.tls_key().trim();
    if (certificate.isEmpty() && key.isEmpty()) {
      return null;
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      complaints.add(
          FILE
              + "tls.certificate and tls.key belong together: name the PEM file of the certificate"
              + " and the one of its key. Until then a self-generated certificate is shown.");
      return null;
    }
    return new PemFiles(folder.resolve(certificate), folder.resolve(key));
  }

  private static int port(@Nullable String text, List<String> complaints) {
    if (text == null) {
      return USUAL_PORT;
    }
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException none) {
      // Told below, as for a number that is out of range.
    }
    complaints.add("--port is a number from 1 to 65535, not '" + text + "'; taken as 8480.");
    return USUAL_PORT;
  }

  private static String withoutBrackets(String name) {
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  private static List<String> words(String[] values) {
    List<String> words = new ArrayList<>();
    for (String value : values) {
      // A .cfg file has one text for the whole list.
      for (String word : value.split(",", -1)) {
        if (!word.isBlank()) {
          words.add(word.trim().toLowerCase(Locale.ROOT));
        }
      }
    }
    return words;
  }
}
