package org.jarvis.connector.proxmox.reply;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a task's id, {@code UPID:node:pid:pstart:starttime:type:id:user:} with hexadecimal
 * numbers, as in PVE::Tools::upid_decode.
 *
 * @param id the whole
 * @param startedAt when the task began
 * @param type what it does
 * @param subject what it is about, such as a guest's number; may be empty
 * @param user who asked for it, a token's name included
 */
public record Upid(TaskId id, Instant startedAt, String type, String subject, String user) {
  private static final Pattern FORM =
      Pattern.compile(
          "UPID:([A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?):[0-9A-Fa-f]{8}"
              + ":[0-9A-Fa-f]{8,9}:([0-9A-Fa-f]{8}):([^:\\s]{1,64}):([^:\\s]{0,200}):([^:\\s]{1,200}):");

  /** Reads a UPID; empty when it is none. */
  public static Optional<Upid> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Upid(
            new TaskId(new NodeName(matcher.group(1)), text),
            Instant.ofEpochSecond(Long.parseLong(matcher.group(2), 16)),
            matcher.group(3),
            matcher.group(4),
            matcher.group(5)));
  }

  /** The guest that the task is about, where it is about one. */
  public Optional<GuestId> guest() {
    return Optional.ofNullable(Identifiers.guest(subject));
  }
}
