package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.reply.GuestDetails;
import org.jspecify.annotations.Nullable;

/** Changes what guests are configured to be. */
final class GuestSettings {
  private static final String DESCRIPTION = "description";
  private static final long MEBIBYTE = 1L << 20;
  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");

  /** Parameters of the request itself, which are no settings of a guest. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "background_delay",
          "delete",
          "digest",
          "force",
          "lock",
          "node",
          "revert",
          "skiplock",
          "vmid");

  private final ApiClient api;
  private final BegunTasks tasks;
  private final String account;
  private final Clock clock;

  GuestSettings(ApiClient api, BegunTasks tasks, String account, Clock clock) {
    this.api = api;
    this.tasks = tasks;
    this.account = account;
    this.clock = clock;
  }

  void configure(Guest guest, ConfigurationChange change) {
    RequestForm form = new RequestForm();
    new TreeMap<>(change.set())
        .forEach(
            (key, value) -> {
              if (key.equals(DESCRIPTION)) {
                form.note(setting(key), value);
              } else {
                form.line(setting(key), value);
              }
            });
    if (!change.remove().isEmpty()) {
      Set<String> keys = new TreeSet<>();
      change.remove().forEach(key -> keys.add(setting(key)));
      form.safe("delete", String.join(",", keys));
    }
    if (form.fields().isEmpty()) {
      throw RequestForm.invalid("change", "changes nothing");
    }
    putUnchanged(guest, form, change.digest());
  }

  private void putUnchanged(Guest guest, RequestForm form, @Nullable String digest) {
    if (digest != null) {
      if (SHA1.matcher(digest).matches()) {
        form.safe("digest", digest);
      } else {
        requireUnchanged(guest, digest);
      }
    }
    put(guest, form);
  }

  /** What has no digest of Proxmox VE's own can only be compared before. */
  private void requireUnchanged(Guest guest, String digest) {
    JsonNode configuration = api.get(ProxmoxReader.guestPath(guest, "config"));
    if (!GuestDetails.digest(configuration).equals(digest)) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "Somebody changed the configuration of "
              + guest.label()
              + " meanwhile, so nothing was changed. Look at it again.");
    }
  }

  void setTags(Guest guest, List<String> tags, @Nullable String digest) {
    Set<String> all = new TreeSet<>();
    for (String tag : tags) {
      all.add(
          RequestForm.checked(
              "tags",
              tag,
              RequestForm.TAG,
              "tag: a letter, digit or underscore, then letters, digits and _ + . -"));
    }
    RequestForm form = new RequestForm();
    putUnchanged(
        guest,
        all.isEmpty() ? form.safe("delete", "tags") : form.safe("tags", String.join(";", all)),
        digest);
  }

  private void put(Guest guest, RequestForm form) {
    api.put(ProxmoxReader.guestPath(guest, "config"), form.fields());
    tasks.readAgain(guest.id());
    tasks.readAgain(guest.ref(), Aspect.CONFIGURATION);
  }

  /** Grows by whole MiB, which every kind of storage can do; never by less than was asked for. */
  TaskState growDisk(Guest guest, String disk, Bytes growth, TaskFollower follower) {
    long mebibytes = growth.value() / MEBIBYTE + (growth.value() % MEBIBYTE == 0 ? 0 : 1);
    if (mebibytes == 0) {
      throw RequestForm.invalid("growth", "must be more than nothing");
    }
    RequestForm form =
        new RequestForm()
            .word("disk", disk, RequestForm.DISK, "key of a disk, such as scsi0 or rootfs")
            .safe("size", "+" + mebibytes + "M");
    Instant asked = clock.instant();
    JsonNode reply = api.put(ProxmoxReader.guestPath(guest, "resize"), form.fields());
    if (reply.isNull() && guest.type() == GuestType.QEMU) {
      // Before version 8 a VM's disk grew within the request, without a task.
      tasks.readAgain(guest.id());
      tasks.readAgain(guest.ref(), Aspect.CONFIGURATION);
      return doneAtOnce(guest, asked);
    }
    return tasks.endOn(guest, reply, "growth of a disk", follower, Aspect.CONFIGURATION);
  }

  private TaskState doneAtOnce(Guest guest, Instant asked) {
    return new TaskState(
        new TaskId(guest.node(), "resize"),
        "resize",
        guest.id().toString(),
        account,
        asked,
        clock.instant(),
        "OK");
  }

  /**
   * Always refuses. The API takes a lock away only with {@code skiplock}, which is for {@code
   * root@pam}'s own session and for no token, not even one of root's; and for containers not at
   * all.
   */
  void unlock(Guest guest) {
    String command = guest.type() == GuestType.QEMU ? "qm unlock " : "pct unlock ";
    throw new JarvisException(
        ErrorCode.PRIVILEGE_MISSING,
        "Proxmox VE lets no API token take the lock "
            + (guest.lock() == null ? "" : "(" + guest.lock() + ") ")
            + "from "
            + guest.label()
            + ". When nothing works on it any more, run on node "
            + guest.node()
            + " as root: "
            + command
            + guest.id());
  }

  private static String setting(String key) {
    if (PARAMETERS.contains(key)) {
      throw RequestForm.invalid(key, "is no setting of a guest");
    }
    return RequestForm.checked("key", key, RequestForm.SETTING, "setting of a guest");
  }
}
