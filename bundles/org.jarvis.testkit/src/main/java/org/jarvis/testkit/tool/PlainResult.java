package org.jarvis.testkit.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.tool.ToolResult;
import org.jspecify.annotations.Nullable;

/** What a result has to be, to be kept, sent to pages and read by models. */
final class PlainResult {
  /** More than this the gate does not take. */
  private static final int MOST_BYTES = 256 * 1024;

  private static final int LONGEST_SUMMARY = 2_000;
  private static final Set<Class<?>> EXACT =
      Set.of(
          Byte.class, Short.class, Integer.class, Long.class, BigInteger.class, BigDecimal.class);

  private PlainResult() {}

  static void check(ToolResult result) {
    assertThat(result.summary()).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_SUMMARY);
    plain("", result.data());
    assertThat(JsonSchema.bytes(result.data()))
        .as("bytes of the result, also of thousands of guests")
        .isLessThanOrEqualTo(MOST_BYTES);
  }

  private static void plain(String at, @Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      object.forEach((key, member) -> plain(at + "/" + key, member));
    } else if (value instanceof List<?> list) {
      list.forEach(element -> plain(at + "/*", element));
    } else if (value instanceof Double || value instanceof Float) {
      assertThat(((Number) value).doubleValue()).as(at).isFinite();
    } else if (value instanceof Number) {
      assertThat(EXACT).as(at).contains(value.getClass());
    }
  }
}
