package org.jarvis.lab.sim;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a task: {@code UPID:node:pid:pstart:starttime:type:id:user@realm!token:}, the three
 * numbers in upper case hexadecimal of at least eight digits.
 *
 * @param node where it runs
 * @param pid of its worker process
 * @param processStart the worker's start in hundredths of a second since the node's boot
 * @param startTime in seconds since 1970
 * @param type such as {@code qmstart}
 * @param id of the guest, or empty
 * @param user such as {@code root@pam}
 * @param tokenId the name of the API token, or null where a person acts
 */
public record Upid(
    String node,
    int pid,
    long processStart,
    long startTime,
    String type,
    String id,
    String user,
    @Nullable String tokenId) {

  private static final Pattern FORM =
      Pattern.compile(
          "UPID:([a-zA-Z0-9]([a-zA-Z0-9\\-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8})"
              + ":([^:\\s]+):([^:\\s]*):([^:\\s!]+)(?:!([^:\\s]+))?:");

  /** Reads the text form; empty where it is none. */
  public static Optional<Upid> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Upid(
            matcher.group(1),
            (int) Long.parseLong(matcher.group(3), 16),
            Long.parseLong(matcher.group(4), 16),
            Long.parseLong(matcher.group(5), 16),
            matcher.group(6),
            matcher.group(7),
            matcher.group(8),
            matcher.group(9)));
  }

  /** When the task started, to the second. */
  public Instant startedAt() {
    return Instant.ofEpochSecond(startTime);
  }

  @Override
  public String toString() {
    String owner = tokenId == null ? user : user + "!" + tokenId;
    return "UPID:%s:%08X:%08X:%08X:%s:%s:%s:"
        .formatted(node, pid, processStart, startTime, type, id, owner);
  }
}
