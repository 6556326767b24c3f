package org.jarvis.connector.proxmox.http;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/** Turns what goes wrong below HTTP into typed errors, in this one place. */
final class ConnectionFailures {
  private static final int CAUSES_LOOKED_AT = 12;

  private final Access access;

  ConnectionFailures(Access access) {
    this.access = access;
  }

  /**
   * The error that a failure means.
   *
   * @param member who was asked, for messages
   * @param failure what the client reports
   * @param answering whether the reply had begun
   */
  JarvisException of(String member, Throwable failure, boolean answering) {
    Optional<UntrustedCertificateException> untrusted =
        cause(failure, UntrustedCertificateException.class);
    if (untrusted.isPresent()) {
      return certificate(member, untrusted.get());
    }
    if (tooLarge(failure)) {
      return error(
          ErrorCode.BAD_REPLY, member + ": its reply is larger than makes sense.", failure);
    }
    if (cause(failure, UnresolvedAddressException.class).isPresent()
        || cause(failure, UnknownHostException.class).isPresent()) {
      return error(
          ErrorCode.UNREACHABLE,
          member
              + ": no such host. Check addresses in "
              + access.configuredIn()
              + " and the name service.",
          failure);
    }
    if (cause(failure, HttpTimeoutException.class).isPresent()
        || cause(failure, TimeoutException.class).isPresent()) {
      return error(
          ErrorCode.TIMED_OUT,
          member
              + ": did not answer in time. Check that the node is up, not overloaded, and that"
              + " nothing on the way drops packets.",
          failure);
    }
    if (cause(failure, ConnectException.class).isPresent()) {
      return error(
          ErrorCode.UNREACHABLE,
          member
              + ": refuses connections. Check that the node is up, that pveproxy runs on it, and"
              + " addresses in "
              + access.configuredIn()
              + ".",
          failure);
    }
    if (answering) {
      return error(
          ErrorCode.BAD_REPLY, member + ": its reply was cut off before its end.", failure);
    }
    if (cause(failure, SSLException.class).isPresent()) {
      return error(
          ErrorCode.UNREACHABLE,
          member
              + ": does not speak TLS as Jarvis needs it. Check that addresses in "
              + access.configuredIn()
              + " name the port of the Proxmox VE API (8006).",
          failure);
    }
    return error(
        ErrorCode.UNREACHABLE,
        member + ": the connection broke before it answered. Check the node and its network.",
        failure);
  }

  /** Whether the reply was larger than it may be. */
  static boolean tooLarge(Throwable failure) {
    return cause(failure, BoundedBody.TooLargeException.class).isPresent();
  }

  /** Whether a request that failed this way never left Jarvis. */
  static boolean neverSent(Throwable failure) {
    return cause(failure, UntrustedCertificateException.class).isPresent()
        || cause(failure, HttpConnectTimeoutException.class).isPresent()
        || cause(failure, ConnectException.class).isPresent()
        || cause(failure, UnresolvedAddressException.class).isPresent();
  }

  private static String line(Collection<Fingerprint> pins) {
    return pins.stream().map(Fingerprint::value).sorted().collect(Collectors.joining(", "));
  }

  /**
   * What to do about a certificate that a member shows of which only the cluster told: add it to
   * those that are pinned.
   */
  JarvisException discovered(String member, JarvisException refused) {
    Optional<UntrustedCertificateException> shown =
        cause(refused, UntrustedCertificateException.class);
    if (shown.isEmpty() || shown.get().consented() != null) {
      return refused;
    }
    String sha256 = shown.get().fingerprint();
    return error(
        ErrorCode.CERTIFICATE_UNTRUSTED,
        member
            + ": the cluster names this member, but nothing says that its certificate (sha256 "
            + sha256
            + ") is to be trusted, so Jarvis does not use it. Compare it with what the node itself"
            + " shows under System > Certificates, then set "
            + access.lineWith(member, sha256, true)
            + " in "
            + access.configuredIn()
            + ".",
        refused);
  }

  private JarvisException certificate(String member, UntrustedCertificateException refused) {
    String shown = refused.fingerprint();
    String file = access.configuredIn();
    if (refused.consented() != null) {
      return error(
          ErrorCode.CERTIFICATE_UNTRUSTED,
          member
              + ": certificate has changed (sha256 "
              + shown
              + "; a person consented to "
              + refused.consented()
              + "). If you renewed it, compare it with what the node itself shows under System >"
              + " Certificates, then consent to it in the settings of the page, under Clusters. If"
              + " nobody did, somebody may stand between Jarvis and the node.",
          refused);
    }
    return error(
        ErrorCode.CERTIFICATE_UNTRUSTED,
        switch (refused.reason()) {
          case UNKNOWN ->
              member
                  + ": certificate is not trusted (sha256 "
                  + shown
                  + "). Pin it with "
                  + access.lineWith(member, shown, false)
                  + " in "
                  + file
                  + ", once you have compared it with"
                  + " what the node itself shows under System > Certificates.";
          case OTHER_NAME ->
              member
                  + ": certificate is for another name (sha256 "
                  + shown
                  + "). Use a name that"
                  + " it holds in addresses, or pin it with "
                  + access.lineWith(member, shown, false)
                  + " in "
                  + file
                  + ".";
          case CHANGED ->
              member
                  + ": certificate has changed (sha256 "
                  + shown
                  + "; pinned is "
                  + line(access.pinsFor(member))
                  + "). If you renewed it, compare it with what the node itself shows under System"
                  + " > Certificates, then set "
                  + access.lineInsteadOf(member, shown)
                  + " in "
                  + file
                  + ". If nobody did, somebody may stand between Jarvis and the node.";
        },
        refused);
  }

  /** One error for all members that were tried. */
  static JarvisException together(Collection<JarvisException> failures) {
    JarvisException worst = null;
    StringBuilder words = new StringBuilder();
    for (JarvisException failure : failures) {
      words.append(words.isEmpty() ? "" : " ").append(failure.getMessage());
      // What a person can mend is more telling than that another member is also down.
      if (worst == null || failure.code() == ErrorCode.CERTIFICATE_UNTRUSTED) {
        worst = failure;
      }
    }
    if (worst == null) {
      throw new IllegalArgumentException("There is nothing to report.");
    }
    return failures.size() == 1
        ? worst
        : new JarvisException(worst.code(), words.toString(), worst);
  }

  private static JarvisException error(ErrorCode code, String message, Throwable cause) {
    return new JarvisException(code, message, cause);
  }

  static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < CAUSES_LOOKED_AT; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
