package org.jarvis.core.action;

import java.nio.charset.StandardCharsets;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.core.CanonicalJson;

/** How much a use of a tool may answer: results are kept, sent to pages and read by models. */
final class ResultBound {
  private static final int MAX_BYTES = 256 * 1024;
  private static final int MAX_SUMMARY = 2_000;

  private ResultBound() {}

  /**
   * Lets a result of bearable size through.
   *
   * @throws JarvisException with {@code INTERNAL} for any other: the tool has to bound it
   */
  static ToolResult check(String tool, ToolResult result) {
    int bytes = CanonicalJson.of(result.data()).getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new JarvisException(
          ErrorCode.INTERNAL,
          "The tool "
              + tool
              + " answered "
              + bytes / 1024
              + " KiB, and "
              + MAX_BYTES / 1024
              + " KiB are taken. Ask for less at a time.");
    }
    String summary = result.summary();
    return summary.length() <= MAX_SUMMARY
        ? result
        : new ToolResult(summary.substring(0, MAX_SUMMARY) + "…", result.data());
  }
}
