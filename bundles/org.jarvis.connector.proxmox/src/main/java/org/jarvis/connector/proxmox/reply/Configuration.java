package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/**
 * Understands a guest's configuration. Its values are often lists of {@code name=value} whose first
 * part may lack the name; see {@code qm.conf(5)} and {@code pct.conf(5)}.
 */
final class Configuration {
  private static final Pattern DISK =
      Pattern.compile("(?:ide|sata|scsi|virtio|mp|unused)[0-9]{1,3}|efidisk0|tpmstate0|rootfs");
  private static final Pattern NETWORK = Pattern.compile("net[0-9]{1,2}");
  private static final Pattern STORAGE = Pattern.compile("([A-Za-z][A-Za-z0-9._-]{0,99}):.*");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(?:\\.[0-9]+)?([KMGT]?)");
  private static final Pattern MAC = Pattern.compile("(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}");
  private static final Pattern SECRET = Pattern.compile("(?i)password|passwd|secret|token");
  // People pass what nobody else may know to programs within the guest this way.
  private static final Set<String> SECRET_KEYS = Set.of("args", "cicustom", "entrypoint", "env");
  private static final Pattern SECRET_WITHIN =
      Pattern.compile("(?i)(?:password|passwd|secret|token|key)\\s*=");
  private static final String MASK = "********";
  private static final String FIRST = "";
  private static final long MEBI = 1L << 20;
  private static final int VALUES_LIMIT = 500;
  private static final int VALUE_LIMIT = 8192;

  private final GuestType type;
  private final List<GuestConfiguration.Disk> disks = new ArrayList<>();
  private final List<GuestConfiguration.Network> networks = new ArrayList<>();

  private Configuration(GuestType type) {
    this.type = type;
  }

  /** Reads an object of keys and values. */
  static GuestConfiguration read(GuestType type, JsonNode config, List<String> pending) {
    return new Configuration(type).read(config, pending);
  }

  private GuestConfiguration read(JsonNode config, List<String> pending) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : config.properties()) {
      JsonNode value = entry.getValue();
      if (value.isValueNode() && !value.isNull() && values.size() < VALUES_LIMIT) {
        readValue(InertText.marked(entry.getKey(), 100), value.asText(), values);
      }
    }
    Row row = new Row(config);
    return new GuestConfiguration(
        GuestDetails.digest(config),
        GuestDetails.generation(type, config),
        shown(row.notes("description")),
        Boolean.TRUE.equals(row.flag("onboot")),
        Boolean.TRUE.equals(row.flag("protection")),
        agentEnabled(row.text("agent")),
        row.text("ostype"),
        row.smallCount("sockets"),
        row.smallCount("cores"),
        memory(row.text("memory")),
        disks,
        networks,
        values,
        pending);
  }

  private void readValue(String key, String value, Map<String, String> values) {
    boolean secret =
        SECRET.matcher(key).find()
            || SECRET_KEYS.contains(key.toLowerCase(Locale.ROOT))
            || SECRET_WITHIN.matcher(key).find()
            || SECRET_WITHIN.matcher(value).find();
    values.put(key, secret ? MASK : InertText.markedLines(value, VALUE_LIMIT));
    if (DISK.matcher(key).matches()) {
      disks.add(disk(key, parts(value)));
    } else if (NETWORK.matcher(key).matches()) {
      networks.add(network(key, parts(value)));
    }
  }

  private static @Nullable String shown(@Nullable String text) {
    return text == null || !SECRET_WITHIN.matcher(text).find() ? text : MASK;
  }

  /** The parts of a value, cleaned; what stands first without a name is under an empty one. */
  private static Map<String, String> parts(String value) {
    Map<String, String> parts = new HashMap<>();
    for (String part : InertText.marked(value, VALUE_LIMIT).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        String said = part.substring(equals + 1);
        parts.putIfAbsent(
            part.substring(0, equals), SECRET_WITHIN.matcher(said).find() ? MASK : said);
      } else {
        parts.putIfAbsent(FIRST, part);
      }
    }
    return parts;
  }

  private GuestConfiguration.Disk disk(String key, Map<String, String> parts) {
    String volume = parts.getOrDefault(FIRST, parts.getOrDefault("file", parts.get("volume")));
    String shown = volume == null ? "" : volume;
    Matcher storage = STORAGE.matcher(shown);
    return new GuestConfiguration.Disk(
        key,
        shown,
        storage.matches() ? storage.group(1) : null,
        size(parts.get("size")),
        "cdrom".equals(parts.get("media")),
        key.equals("rootfs") ? "/" : type == GuestType.LXC ? parts.get("mp") : null);
  }

  private static @Nullable Bytes size(@Nullable String text) {
    Matcher size = SIZE.matcher(text == null ? "" : text);
    if (!size.matches()) {
      return null;
    }
    int power = "KMGT".indexOf(size.group(2)) + 1;
    long number = Long.parseLong(size.group(1));
    long factor = size.group(2).isEmpty() ? 1 : 1L << (10 * power);
    return number > Long.MAX_VALUE / factor ? null : new Bytes(number * factor);
  }

  private GuestConfiguration.Network network(String key, Map<String, String> parts) {
    return new GuestConfiguration.Network(
        key,
        mac(parts),
        parts.get("bridge"),
        vlan(parts.get("tag")),
        parts.get("ip"),
        "1".equals(parts.get("firewall")));
  }

  /** A VM's card has it under the name of its model, a container's under {@code hwaddr}. */
  private static @Nullable String mac(Map<String, String> parts) {
    String named = parts.getOrDefault("hwaddr", parts.get("macaddr"));
    if (named != null) {
      return MAC.matcher(named).matches() ? named : null;
    }
    return parts.values().stream()
        .filter(value -> MAC.matcher(value).matches())
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Integer vlan(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,4}") ? Integer.valueOf(text) : null;
  }

  private static boolean agentEnabled(@Nullable String value) {
    if (value == null) {
      return false;
    }
    Map<String, String> parts = parts(value);
    String enabled = parts.getOrDefault(FIRST, parts.get("enabled"));
    return enabled != null
        && (enabled.equals("1") || enabled.equals("yes") || enabled.equals("on"));
  }

  /** In MiB; since version 8 maybe as {@code current=…}. */
  private static @Nullable Bytes memory(@Nullable String value) {
    if (value == null) {
      return null;
    }
    Map<String, String> parts = parts(value);
    String amount = parts.getOrDefault(FIRST, parts.get("current"));
    return amount != null && amount.matches("[0-9]{1,12}")
        ? new Bytes(Long.parseLong(amount) * MEBI)
        : null;
  }
}
