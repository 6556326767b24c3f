package org.jarvis.lab.pve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 fingerprints in the form in which Proxmox VE shows them: upper case pairs with colons.
 */
public final class Fingerprints {

  private Fingerprints() {}

  /** Of the bytes of a certificate. */
  public static String of(byte[] encoded) {
    try {
      return HexFormat.ofDelimiter(":")
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Of a member that does not answer itself: repeatable, and no certificate's. */
  static String ofName(String node) {
    return of(("certificate of " + node).getBytes(StandardCharsets.UTF_8));
  }
}
