package org.jarvis.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The levels of the log while Jarvis runs. They are changed in the configuration that the logging
 * was given, not in its file, so the next start begins with the file's again.
 *
 * <p>Libraries write at DEBUG and TRACE what passes through them, headers with cookies and tokens
 * among it. The logging's configuration lets nobody but Jarvis's own classes below INFO; to say
 * here that a level was opened would be untrue, so it is refused.
 */
public final class LogLevels {
  /** The logger that all others inherit from. */
  public static final String ROOT = "ROOT";

  private static final Logger LOG = LoggerFactory.getLogger(LogLevels.class);
  private static final String PID = "org.ops4j.pax.logging";
  private static final String ROOT_LEVEL = "log4j2.rootLogger.level";
  private static final String PREFIX = "log4j2.logger.";
  private static final List<String> LEVELS =
      List.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");
  private static final List<String> BELOW_INFO = List.of("DEBUG", "TRACE");
  private static final int LONGEST_NAME = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$-]+(\\.[A-Za-z0-9_$-]+)*");

  private final ConfigurationAdmin configurations;

  /** The levels in the logging's configuration. */
  public LogLevels(ConfigurationAdmin configurations) {
    this.configurations = configurations;
  }

  /** Every level that somebody set, by logger; {@link #ROOT} first. */
  public Map<String, String> all() {
    Dictionary<String, Object> properties = properties();
    Map<String, String> levels =
        new TreeMap<>(
            (one, other) ->
                one.equals(other)
                    ? 0
                    : one.equals(ROOT) ? -1 : other.equals(ROOT) ? 1 : one.compareTo(other));
    levels.put(ROOT, text(properties, ROOT_LEVEL, "INFO"));
    for (String key : Collections.list(properties.keys())) {
      if (key.startsWith(PREFIX) && key.endsWith(".name")) {
        String level = key.substring(0, key.length() - ".name".length()) + ".level";
        levels.put(text(properties, key, ""), text(properties, level, "inherited"));
      }
    }
    return levels;
  }

  /** The level of a logger, its own or the one that it inherits. */
  public String of(String logger) {
    Map<String, String> levels = all();
    for (String name = checkedName(logger); ; name = name.substring(0, name.lastIndexOf('.'))) {
      String level = levels.get(name);
      if (level != null && LEVELS.contains(level)) {
        return level;
      }
      if (name.lastIndexOf('.') < 0) {
        return levels.getOrDefault(ROOT, "INFO");
      }
    }
  }

  /**
   * Sets the level of a logger.
   *
   * @throws JarvisException with {@code INVALID_INPUT} when there is no such level or name, or the
   *     level would let others than Jarvis's own classes below INFO
   */
  public void set(String logger, String level) {
    String name = checkedName(logger);
    String wanted = level.toUpperCase(Locale.ROOT);
    if (!LEVELS.contains(wanted)) {
      throw invalid("A level is one of " + String.join(", ", LEVELS) + ", not '" + level + "'.");
    }
    if (BELOW_INFO.contains(wanted) && !maySayMore(name)) {
      throw invalid(
          name
              + " stays at INFO or above: what it logs below that may hold passwords, cookies and"
              + " tokens. DEBUG and TRACE are for org.jarvis and what is below it, save"
              + " org.jarvis.persistence.");
    }
    Dictionary<String, Object> properties = properties();
    properties.put(keyOf(properties, name) + ".level", wanted);
    LOG.warn("The console sets the log level of {} to {}, until Jarvis stops.", name, wanted);
    try {
      configuration().update(properties);
    } catch (IOException e) {
      throw new JarvisException(
          ErrorCode.INTERNAL, "The log level could not be changed: " + e.getMessage(), e);
    }
  }

  /** Only these have a way to the log below INFO; see etc/org.ops4j.pax.logging.cfg. */
  private static boolean maySayMore(String name) {
    boolean own = name.equals("org.jarvis") || name.startsWith("org.jarvis.");
    // MyBatis logs statements with their values under the names of the mappers.
    boolean storage =
        name.equals("org.jarvis.persistence") || name.startsWith("org.jarvis.persistence.");
    return own && !storage;
  }

  private static String checkedName(String logger) {
    if (logger.equalsIgnoreCase(ROOT)) {
      return ROOT;
    }
    if (logger.length() > LONGEST_NAME || !NAME.matcher(logger).matches()) {
      throw invalid("A logger's name looks like org.jarvis.core, or is ROOT.");
    }
    return logger;
  }

  /** Where this logger's settings are, which are made where there are none yet. */
  private static String keyOf(Dictionary<String, Object> properties, String name) {
    if (name.equals(ROOT)) {
      return "log4j2.rootLogger";
    }
    for (String key : new ArrayList<>(Collections.list(properties.keys()))) {
      if (key.startsWith(PREFIX)
          && key.endsWith(".name")
          && text(properties, key, "").equals(name)) {
        return key.substring(0, key.length() - ".name".length());
      }
    }
    String key = PREFIX + "console_" + name.replace('.', '_');
    properties.put(key + ".name", name);
    return key;
  }

  private Dictionary<String, Object> properties() {
    Dictionary<String, Object> properties = configuration().getProperties();
    if (properties == null) {
      throw missing();
    }
    return properties;
  }

  private Configuration configuration() {
    try {
      Configuration[] found = configurations.listConfigurations("(service.pid=" + PID + ")");
      if (found != null && found.length > 0) {
        return found[0];
      }
    } catch (IOException | InvalidSyntaxException e) {
      throw new JarvisException(
          ErrorCode.INTERNAL, "The logging's configuration cannot be read: " + e.getMessage(), e);
    }
    throw missing();
  }

  private static JarvisException missing() {
    return new JarvisException(
        ErrorCode.PART_MISSING,
        "The logging has no configuration; etc/org.ops4j.pax.logging.cfg is missing.");
  }

  private static String text(Dictionary<String, Object> properties, String key, String otherwise) {
    Object value = properties.get(key);
    return value == null ? otherwise : value.toString();
  }

  private static JarvisException invalid(String message) {
    return new JarvisException(ErrorCode.INVALID_INPUT, message);
  }
}
