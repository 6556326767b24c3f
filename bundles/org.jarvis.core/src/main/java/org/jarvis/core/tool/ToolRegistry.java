package org.jarvis.core.tool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.tool.Tool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools that are installed, by name. The built-in bundle's tools always keep their names, also
 * while that bundle is away; among all others the first to come stays, and the next takes its place
 * when it leaves. Safe from any thread.
 */
public final class ToolRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(ToolRegistry.class);
  private static final String BUILT_IN = "org.jarvis.tools";

  /** The names that Jarvis promises at its edges; the built-in bundle adds those that it brings. */
  private static final Set<String> PROMISED =
      Set.of(
          "execute_ssh",
          "get_backups",
          "get_cluster_resources",
          "get_cluster_status",
          "get_containers",
          "get_node_status",
          "get_node_temperature",
          "get_recent_tasks",
          "get_storage",
          "get_vms",
          "reboot_node",
          "restart_container",
          "restart_service",
          "restart_vm",
          "run_plan",
          "start_container",
          "start_vm",
          "stop_container",
          "stop_vm",
          "wake_node");

  private final List<RegisteredTool> arrived = new ArrayList<>();

  /** The names of the built-in bundle's tools, which are nobody's else also while it is away. */
  private final Set<String> reserved = new HashSet<>(PROMISED);

  private volatile Map<String, RegisteredTool> byName = Map.of();

  /**
   * A tool has come.
   *
   * @param provider the symbolic name of the bundle that brought it
   */
  public synchronized void add(Tool tool, String provider) {
    try {
      RegisteredTool registered = new RegisteredTool(tool, provider);
      arrived.add(registered);
      if (provider.equals(BUILT_IN)) {
        reserved.add(registered.definition().name());
      }
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
              if (isTaken(registered)) {
                LOG.warn(
                    "The tool {} of {} was left out: the name is kept for a tool of Jarvis itself."
                        + " Give it another.",
                    registered.definition().name(),
                    registered.provider());
                return;
              }
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

  private boolean isTaken(RegisteredTool tool) {
    return !tool.provider().equals(BUILT_IN) && reserved.contains(tool.definition().name());
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
