package org.jarvis.connector.proxmox.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.auth.Secret;

/**
 * A Proxmox VE API token.
 *
 * @param account who it is: {@code user@realm!name}, as tasks name it too
 * @param secret what proves it
 */
public record ApiToken(String account, Secret secret) {
  // Only printable ASCII: the token becomes part of a header.
  private static final Pattern FORM =
      Pattern.compile(
          "(?:PVEAPIToken=)?([\\x21-\\x7E&&[^@!=:/]]+@[A-Za-z][A-Za-z0-9._-]*"
              + "![A-Za-z][A-Za-z0-9._-]*)=([\\x21-\\x7E]+)");

  /** Reads {@code user@realm!name=secret}; empty when it does not have that form. */
  public static Optional<ApiToken> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(new ApiToken(matcher.group(1), Secret.of(matcher.group(2))))
        : Optional.empty();
  }

  /** The value of the {@code Authorization} header. Secret. */
  String header() {
    return "PVEAPIToken=" + account + "=" + secret.reveal();
  }
}
