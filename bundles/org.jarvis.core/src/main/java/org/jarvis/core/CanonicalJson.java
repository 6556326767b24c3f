package org.jarvis.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for each JSON value, so that equal values have equal hashes: members sorted by name,
 * no blanks, numbers without exponent or trailing zeros.
 */
public final class CanonicalJson {
  private static final ObjectMapper TEXT = new ObjectMapper();

  private CanonicalJson() {}

  /** The canonical spelling of a tree of plain Java values. */
  public static String of(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      Map<String, String> members = new TreeMap<>();
      object.forEach((key, member) -> members.put((String) key, of(member)));
      return members.entrySet().stream()
          .map(member -> quoted(member.getKey()) + ":" + member.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(CanonicalJson::of).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Number number) {
      BigDecimal exact = new BigDecimal(number.toString());
      return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
    return value instanceof String text ? quoted(text) : String.valueOf(value);
  }

  /** SHA-256 of the canonical spelling, in hex. */
  public static String hash(@Nullable Object value) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(of(value).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
    }
  }

  private static String quoted(String text) {
    try {
      return TEXT.writeValueAsString(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Text can always be quoted.", impossible);
    }
  }
}
