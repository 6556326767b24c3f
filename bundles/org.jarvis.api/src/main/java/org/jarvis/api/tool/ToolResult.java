package org.jarvis.api.tool;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a use of a tool brought to light.
 *
 * @param summary one sentence for people and models
 * @param data the result as a JSON object, in the same plain values as {@link Arguments}; strings
 *     in it may come from a cluster and are hostile
 */
public record ToolResult(String summary, Map<String, @Nullable Object> data) {
  /** Copies the data, so that nothing in it can change. */
  public ToolResult {
    data = new Arguments(data).values();
  }
}
