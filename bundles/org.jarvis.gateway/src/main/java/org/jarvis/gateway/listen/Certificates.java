package org.jarvis.gateway.listen;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the certificate to show: the user's own where there is one, the last good one of it while
 * its files are wrong, otherwise the self-generated one. Never none: what is wrong with a
 * certificate is no reason to speak without one. Used by one thread at a time.
 */
final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
  private static final Duration ENDS_SOON = Duration.ofDays(10);
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

  /** RFC 1123, section 2.1: a name of which one label is wrong would spoil all names beside it. */
  private static final Pattern HOST_NAME =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "(?:\\." + LABEL + ")*");

  private final HouseCertificate house;
  private final Clock clock;
  private @Nullable PemFiles files;
  private @Nullable String state;
  private @Nullable Identity lastGood;
  private @Nullable String complaint;

  Certificates(HouseCertificate house, Clock clock) {
    this.house = house;
    this.clock = clock;
  }

  /** The certificate to show now. */
  Identity choose(ListenSettings settings) {
    PemFiles own = settings.own();
    if (own == null) {
      forget();
      return house(settings);
    }
    if (!own.equals(files)) {
      forget();
      files = own;
    }
    String now = own.state();
    if (!now.equals(state)) {
      // Remembered before reading: a file that changes meanwhile is read again.
      state = now;
      read(own);
    }
    return lastGood == null ? house(settings) : lastGood;
  }

  /** What is wrong, {@code null} if nothing is. */
  @Nullable String complaint() {
    if (complaint == null && lastGood != null) {
      Instant end = lastGood.endsAt();
      if (clock.instant().plus(ENDS_SOON).isAfter(end)) {
        return "The certificate in tls.certificate ends on "
            + end
            + ". Renew its files; they are taken up by themselves.";
      }
    }
    return complaint;
  }

  private void read(PemFiles own) {
    try {
      Identity read = own.read(clock.instant());
      complaint = null;
      lastGood = read;
      LOG.info(
          "Certificate of tls.certificate: SHA-256 {}, until {}.",
          read.fingerprint(),
          read.endsAt());
    } catch (JarvisException wrong) {
      complaint = wrong.getMessage();
      LOG.error(
          "{} Until then Jarvis shows {}.",
          wrong.getMessage(),
          lastGood == null ? "a self-generated certificate" : "the last good certificate");
    }
  }

  private void forget() {
    files = null;
    state = null;
    lastGood = null;
    complaint = null;
  }

  private Identity house(ListenSettings settings) {
    return house.get(names(settings), clock.instant());
  }

  /**
   * What the certificate must hold. The addresses of the machine's network cards are only in it as
   * they are when it is made: they come and go, and each new certificate has to be compared anew.
   */
  private static Set<String> names(ListenSettings settings) {
    Set<String> names = new TreeSet<>(List.of("localhost", "127.0.0.1", "::1"));
    settings.hosts().stream().filter(host -> HOST_NAME.matcher(host).matches()).forEach(names::add);
    settings.listeners().stream()
        .filter(listener -> listener.tls() && !listener.everywhere())
        .forEach(listener -> names.add(listener.address()));
    return names;
  }

  /** What it holds besides, when it is made. */
  static Set<String> machine() {
    Set<String> names = new TreeSet<>();
    try {
      String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      if (HOST_NAME.matcher(host).matches()) {
        names.add(host);
      }
    } catch (UnknownHostException nameless) {
      LOG.debug("This machine has no name.", nameless);
    }
    try {
      for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
        for (InterfaceAddress address : card.getInterfaceAddresses()) {
          InetAddress inet = address.getAddress();
          if (!inet.isLinkLocalAddress()) {
            // Without the name of its network card, by which it is an address here alone.
            names.add(inet.getHostAddress().replaceFirst("%.*", ""));
          }
        }
      }
    } catch (SocketException unknown) {
      LOG.debug("The addresses of this machine cannot be listed.", unknown);
    }
    return names;
  }
}
