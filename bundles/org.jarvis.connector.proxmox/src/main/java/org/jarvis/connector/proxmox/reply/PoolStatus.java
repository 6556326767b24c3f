package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/**
 * What {@code disks/zfs/{name}} tells of one pool: what {@code zpool status -P} prints, taken
 * apart.
 *
 * @param state its state
 * @param scan the last scrub or resilver, as told
 * @param scrubbedAt when the last scrub ended, where that is told
 * @param errors how many errors it has, where any of them are told
 */
public record PoolStatus(
    @Nullable String state,
    @Nullable String scan,
    @Nullable Instant scrubbedAt,
    @Nullable Long errors) {
  private static final int SCAN_LIMIT = 500;
  private static final int DEPTH_LIMIT = 8;
  private static final int MEMBERS_LIMIT = 2_000;

  /** As in {@code scrub repaired 0B in 00:14:52 with 0 errors on Sun Nov 8 00:38:54 2026}. */
  private static final Pattern SCRUBBED =
      Pattern.compile(
          "scrub repaired \\S{1,20} in .{1,40} with ([0-9]{1,15}) errors on"
              + " [A-Za-z]{3} +([A-Za-z]{3}) +([0-9]{1,2}) ([0-9:]{8}) ([0-9]{4})");

  private static final Pattern DATA_ERRORS = Pattern.compile("([0-9]{1,15}) data errors?\\b.*");
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ENGLISH);

  /** Reads the reply. */
  public static PoolStatus read(JsonNode data) {
    Row row = new Row(data);
    String told = data.path("scan").isTextual() ? data.path("scan").asText() : null;
    String scan = told == null ? null : InertText.marked(told.replaceAll("\\s+", " "), SCAN_LIMIT);
    Instant scrubbedAt = null;
    long damage = 0;
    Matcher scrubbed = SCRUBBED.matcher(scan == null ? "" : scan);
    boolean ended = scrubbed.lookingAt();
    if (ended) {
      damage = Long.parseLong(scrubbed.group(1));
      scrubbedAt = moment(scrubbed);
    }
    Long known = dataErrors(row.text("errors"));
    Counted counted = new Counted();
    counted.add(data.path("children"), 0);
    boolean none = known == null && !ended && !counted.told;
    return new PoolStatus(
        row.text("state"),
        scan,
        scrubbedAt,
        none ? null : Long.valueOf(counted.errors + Math.max(damage, known == null ? 0 : known)));
  }

  /** The node's local time, whose zone is not told. */
  private static @Nullable Instant moment(Matcher scrubbed) {
    try {
      return LocalDateTime.parse(
              scrubbed.group(2)
                  + " "
                  + Integer.parseInt(scrubbed.group(3))
                  + " "
                  + scrubbed.group(4)
                  + " "
                  + scrubbed.group(5),
              MOMENT)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException noDate) {
      return null;
    }
  }

  private static @Nullable Long dataErrors(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.startsWith("No known data errors")) {
      return 0L;
    }
    Matcher counted = DATA_ERRORS.matcher(text);
    if (counted.matches()) {
      return Long.valueOf(counted.group(1));
    }
    // A list of damaged files, cut off by Proxmox VE after its first line.
    return text.startsWith("Permanent errors") ? 1L : null;
  }

  /** The pool as listed, with what its status adds. */
  public ZfsPools.Pool of(ZfsPools.Pool listed) {
    return new ZfsPools.Pool(
        listed.name(),
        listed.health(),
        listed.allocated(),
        listed.size(),
        listed.fragmentation(),
        listed.deduplication(),
        state,
        scan,
        scrubbedAt,
        errors);
  }

  /** Only what has no members is counted: a mirror repeats what its disks could not hide. */
  private static final class Counted {
    private long errors;
    private boolean told;
    private int members;

    void add(JsonNode devices, int depth) {
      for (JsonNode device : devices) {
        if (++members > MEMBERS_LIMIT || depth > DEPTH_LIMIT) {
          return;
        }
        if (device.path("children").size() > 0) {
          add(device.path("children"), depth + 1);
        } else {
          Row row = new Row(device);
          add(row.decimal("read"));
          add(row.decimal("write"));
          add(row.decimal("cksum"));
        }
      }
    }

    private void add(@Nullable Double count) {
      if (count != null && count >= 0 && count < 1e15) {
        told = true;
        errors += (long) Math.ceil(count);
      }
    }
  }
}
