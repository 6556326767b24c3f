package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.api.resource.detail.NodeDisks;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.NodeUpdates;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/** What the calls below {@code /nodes/{node}} tell of the node itself. */
public final class NodeAspects {
  private static final int REPLICATION_JOBS_LIMIT = 1000;
  private static final int CERTIFICATES_LIMIT = 100;
  private static final int UPDATES_LIMIT = 2000;
  private static final int ZFS_POOLS_LIMIT = 256;
  private static final int DISKS_LIMIT = 256;
  private static final int SERVICES_LIMIT = 500;
  private static final Pattern LEADING_NUMBER = Pattern.compile("\\s*([0-9]{1,3})(?:\\D.*)?");
  private static final Pattern TEMPERATURE_LINE =
      Pattern.compile(
          "(?im)^\\s*(?:temperature|current drive"
              + " temperature):\\s*([0-9]{1,3})\\s*(?:c|celsius)\\b");
  private static final int LARGEST = 255;
  private static final Pattern WORN_LINE =
      Pattern.compile("(?im)^\\s*percentage used(?: endurance indicator)?:\\s*([0-9]{1,3})\\s*%");
  private static final int ATTRIBUTES_LIMIT = 100;

  private NodeAspects() {}

  /** Reads {@code services}. */
  public static NodeServices services(JsonNode data, Oddities oddities) {
    List<NodeServices.Service> services = new ArrayList<>();
    for (Row row : Row.list(data, "services", SERVICES_LIMIT, oddities)) {
      String service = row.text("service");
      String name = service == null ? row.text("name") : service;
      if (name == null) {
        oddities.add("services: an entry without a name was left out");
        continue;
      }
      services.add(
          new NodeServices.Service(
              name,
              row.text("desc"),
              row.text("state"),
              row.text("active-state"),
              row.text("unit-state")));
    }
    return new NodeServices(services);
  }

  /** Reads {@code disks/list}; the attributes are empty. */
  public static NodeDisks disks(JsonNode data, Oddities oddities) {
    List<NodeDisks.Disk> disks = new ArrayList<>();
    for (Row row : Row.list(data, "disks", DISKS_LIMIT, oddities)) {
      String device = row.text("devpath");
      if (device == null) {
        oddities.add("disks: an entry without a device was left out");
        continue;
      }
      disks.add(
          new NodeDisks.Disk(
              device,
              row.text("model"),
              row.text("serial"),
              row.text("type"),
              row.bytes("size"),
              row.text("used"),
              health(row),
              percent(row, "wearout"),
              null,
              List.of()));
    }
    return new NodeDisks(disks);
  }

  /** {@code smartctl} ends a failure with an exclamation mark. */
  private static @Nullable String health(Row row) {
    String health = row.text("health");
    return health == null || !health.endsWith("!")
        ? health
        : health.substring(0, health.length() - 1).strip();
  }

  private static @Nullable Integer percent(Row row, String field) {
    Integer number = row.smallCount(field);
    return number == null || number > 100 ? null : number;
  }

  /**
   * What SMART says of one disk.
   *
   * @param health as in {@link NodeDisks.Disk#health()}
   * @param lifeLeft percent of its life left, of disks that wear
   * @param temperature in degrees Celsius
   * @param attributes the attributes of an ATA disk; others tell theirs as text
   */
  public record Smart(
      @Nullable String health,
      @Nullable Integer lifeLeft,
      @Nullable Integer temperature,
      List<NodeDisks.Attribute> attributes) {
    /** Keeps the attributes from changing. */
    public Smart {
      attributes = List.copyOf(attributes);
    }
  }

  /** Reads {@code disks/smart}. */
  public static Smart smart(JsonNode data, Oddities oddities) {
    Row row = new Row(data);
    List<NodeDisks.Attribute> attributes = new ArrayList<>();
    Integer temperature = null;
    Integer lifeLeft = percent(row, "wearout");
    for (Row attribute :
        row.children("attributes", "SMART attributes", ATTRIBUTES_LIMIT, oddities)) {
      String name = attribute.text("name");
      String raw = attribute.text("raw");
      if (name == null) {
        continue;
      }
      String failing = attribute.text("fail");
      attributes.add(
          new NodeDisks.Attribute(
              name, raw == null ? "" : raw, "FAILING_NOW".equalsIgnoreCase(failing)));
      if (temperature == null
          && (name.startsWith("Temperature_") || name.equals("Airflow_Temperature_Cel"))) {
        temperature = number(LEADING_NUMBER.matcher(raw == null ? "" : raw), true);
      }
    }
    JsonNode text = data.path("text");
    if (text.isTextual()) {
      String said = InertText.markedLines(text.asText(), 20_000);
      if (temperature == null) {
        temperature = number(TEMPERATURE_LINE.matcher(said), false);
      }
      Integer worn = number(WORN_LINE.matcher(said), false);
      if (lifeLeft == null && worn != null) {
        lifeLeft = Math.max(0, 100 - worn);
      }
      attributes.addAll(lines(said));
    }
    return new Smart(health(row), lifeLeft, temperature, attributes);
  }

  private static @Nullable Integer number(Matcher found, boolean whole) {
    if (!(whole ? found.matches() : found.find())) {
      return null;
    }
    int number = Integer.parseInt(found.group(1));
    return number > LARGEST ? null : Integer.valueOf(number);
  }

  /** NVMe and SAS disks tell theirs as lines of a name, a colon and a value. */
  private static List<NodeDisks.Attribute> lines(String text) {
    List<NodeDisks.Attribute> attributes = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      if (colon > 0 && !value.isEmpty() && attributes.size() < ATTRIBUTES_LIMIT) {
        attributes.add(
            new NodeDisks.Attribute(
                InertText.marked(line.substring(0, colon), 100),
                InertText.marked(value, 200),
                false));
      }
    }
    return attributes;
  }

  /** Reads {@code disks/zfs}. */
  public static ZfsPools zfs(JsonNode data, Oddities oddities) {
    List<ZfsPools.Pool> pools = new ArrayList<>();
    for (Row row : Row.list(data, "ZFS pools", ZFS_POOLS_LIMIT, oddities)) {
      String name = row.text("name");
      if (name == null) {
        oddities.add("ZFS pools: an entry without a name was left out");
        continue;
      }
      pools.add(
          new ZfsPools.Pool(
              name,
              row.text("health"),
              row.bytes("alloc"),
              row.bytes("size"),
              percent(row, "frag"),
              row.decimal("dedup")));
    }
    return new ZfsPools(pools);
  }

  /** Reads {@code apt/update}. */
  public static NodeUpdates updates(JsonNode data, Oddities oddities) {
    List<NodeUpdates.Pack> packages = new ArrayList<>();
    for (Row row : Row.list(data, "updates", UPDATES_LIMIT, oddities)) {
      String name = row.text("Package");
      if (name == null) {
        oddities.add("updates: an entry without a package was left out");
        continue;
      }
      packages.add(
          new NodeUpdates.Pack(
              name,
              row.text("Title"),
              row.text("OldVersion"),
              row.text("Version"),
              row.text("Origin")));
    }
    return new NodeUpdates(packages);
  }

  /** Reads {@code certificates/info}. */
  public static NodeCertificates certificates(JsonNode data, Oddities oddities) {
    List<NodeCertificates.Certificate> certificates = new ArrayList<>();
    for (Row row : Row.list(data, "certificates", CERTIFICATES_LIMIT, oddities)) {
      String file = row.text("filename");
      String fingerprint = row.text("fingerprint");
      if (file == null && fingerprint == null) {
        oddities.add("certificates: an entry without file and fingerprint was left out");
        continue;
      }
      certificates.add(
          new NodeCertificates.Certificate(
              file == null ? "" : file,
              row.text("subject"),
              row.text("issuer"),
              fingerprint,
              row.moment("notbefore"),
              row.moment("notafter"),
              row.texts("san")));
    }
    return new NodeCertificates(certificates);
  }

  /** Reads {@code replication}. */
  public static ReplicationJobs replication(JsonNode data, Oddities oddities) {
    List<ReplicationJobs.Job> jobs = new ArrayList<>();
    for (Row row : Row.list(data, "replication jobs", REPLICATION_JOBS_LIMIT, oddities)) {
      String id = row.text("id");
      if (id == null) {
        oddities.add("replication jobs: an entry without an id was left out");
        continue;
      }
      Double took = row.decimal("duration");
      jobs.add(
          new ReplicationJobs.Job(
              id,
              Identifiers.guest(row.identifier("guest")),
              Identifiers.node(row.identifier("target")),
              row.text("schedule"),
              !Boolean.TRUE.equals(row.flag("disable")),
              never(row) ? null : row.moment("last_sync"),
              row.moment("next_sync"),
              took == null || took < 0 || took > Duration.ofDays(365).toSeconds()
                  ? null
                  : Duration.ofMillis(Math.round(took * 1000)),
              row.smallCount("fail_count"),
              row.text("error")));
    }
    return new ReplicationJobs(jobs);
  }

  /** A job that never ran says so with the moment 0. */
  private static boolean never(Row row) {
    Long last = row.count("last_sync");
    return last == null || last == 0;
  }
}
