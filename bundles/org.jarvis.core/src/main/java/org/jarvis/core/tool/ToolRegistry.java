package org.jarvis.core.tool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.Tool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools that are installed, by name. The built-in bundle's tools always keep their names; among
 * all others the first to come stays, and the next takes its place when it leaves. Safe from any
 * thread.
 */
public final class ToolRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(ToolRegistry.class);
  private static final String BUILT_IN = "org.jarvis.tools";

  private final List<RegisteredTool> arrived = new ArrayList<>();
  private volatile Map<String, RegisteredTool> byName = Map.of();

  /**
   * A tool has come.
   *
   * @param provider the symbolic name of the bundle that brought it
   */
  public synchronized void add(Tool tool, String provider) {
    try {
      arrived.add(new RegisteredTool(tool, provider));
    } catch (RuntimeException unusable) {
      LOG.warn(
          "A tool of {} was left out: {}. Mend its definition.",
          provider,
          String.valueOf(unusable.getMessage()));
      return;
    }
    arrange();
  }

  /** A tool leaves. */
  public synchronized void remove(Tool tool) {
    arrived.removeIf(registered -> registered.tool() == tool);
    arrange();
  }

  private void arrange() {
    Map<String, RegisteredTool> names = new TreeMap<>();
    arrived.stream()
        .sorted(Comparator.comparing(registered -> !registered.provider().equals(BUILT_IN)))
        .forEach(
            registered -> {
              RegisteredTool holder = names.putIfAbsent(registered.definition().name(), registered);
              if (holder != null) {
                LOG.warn(
                    "The tool {} of {} was left out: {} has one of that name. Give it another.",
                    registered.definition().name(),
                    registered.provider(),
                    holder.provider());
              }
            });
    byName = names;
  }

  /** All tools, by name. */
  public List<RegisteredTool> all() {
    return List.copyOf(byName.values());
  }

  /** One tool. */
  public Optional<RegisteredTool> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** One tool, or an error that says that there is none of that name. */
  public RegisteredTool require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.UNKNOWN_TOOL,
                    "There is no tool of that name. GET /api/tools lists all."));
  }
}
