package org.jarvis.persistence.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What was copied: how much, and its SHA-256 in lower-case hex.
 *
 * @param size in bytes
 */
record Fingerprint(long size, String sha256) {
  private static final int CHUNK = 64 * 1024;

  /** Copies to the end, but not more than this many bytes and one. */
  static Fingerprint ofCopy(InputStream from, OutputStream to, long most) throws IOException {
    MessageDigest digest = digest();
    byte[] chunk = new byte[CHUNK];
    long size = 0;
    while (size <= most) {
      int count = from.read(chunk, 0, (int) Math.min(chunk.length, most - size + 1));
      if (count < 0) {
        break;
      }
      digest.update(chunk, 0, count);
      to.write(chunk, 0, count);
      size += count;
    }
    return new Fingerprint(size, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
