package org.jarvis.api.llm.provider;

import java.util.regex.Pattern;
import org.jarvis.api.auth.Secret;

/**
 * A key as a header carries it.
 *
 * @param header the header's name
 * @param prefix what precedes the key there, such as {@code "Bearer "}
 * @param key the key; empty for a server that wants none
 */
public record Credential(String header, String prefix, Secret key) {
  private static final String MASK = "••••";
  private static final Pattern FIT = Pattern.compile("[\\x21-\\x7e]*");

  /** Refuses what fits no header. What refuses it later would print it. */
  public Credential {
    if (!fits(key)) {
      throw new IllegalArgumentException("A key has no blanks, and no letters beyond ASCII.");
    }
  }

  /** Whether a header can carry this key. */
  public static boolean fits(Secret key) {
    return FIT.matcher(key.reveal()).matches();
  }

  /** Takes the key out of a text that a server may have put it into. */
  String removedFrom(String text) {
    return key.isEmpty() ? text : text.replace(key.reveal(), MASK);
  }
}
