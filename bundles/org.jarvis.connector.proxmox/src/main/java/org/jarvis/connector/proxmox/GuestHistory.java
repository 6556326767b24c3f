package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;

/** Keeps states of guests and goes back to them: snapshots and backups. */
final class GuestHistory {
  // PVE::API2::Qemu and ::LXC::Snapshot refuse these: a list of snapshots ends with "current".
  private static final Set<String> RESERVED = Set.of("current", "pending");
  private static final int LONGEST_NOTES = 1024;

  private final ApiClient api;
  private final BegunTasks tasks;

  GuestHistory(ApiClient api, BegunTasks tasks) {
    this.api = api;
    this.tasks = tasks;
  }

  TaskState snapshot(Guest guest, NewSnapshot snapshot, TaskFollower follower) {
    boolean machine = guest.type() == GuestType.QEMU;
    if (snapshot.withMemory() && !machine) {
      throw RequestForm.invalid(
          "withMemory", "is not possible for " + guest.label() + ": it is a container");
    }
    RequestForm form =
        new RequestForm()
            .safe("snapname", checkedName(snapshot.name()))
            .note("description", snapshot.description())
            .flagIf(snapshot.withMemory(), "vmstate");
    return tasks.endOn(
        guest,
        api.post(ProxmoxReader.guestPath(guest, "snapshot"), form.fields()),
        "snapshot",
        follower,
        Aspect.SNAPSHOTS);
  }

  TaskState rollback(Guest guest, String snapshot, boolean start, TaskFollower follower) {
    return tasks.endOn(
        guest,
        api.post(
            ProxmoxReader.guestPath(guest, "snapshot", checkedName(snapshot), "rollback"),
            new RequestForm().flagIf(start, "start").fields()),
        "rollback",
        follower,
        Aspect.SNAPSHOTS,
        Aspect.CONFIGURATION);
  }

  TaskState deleteSnapshot(Guest guest, String snapshot, TaskFollower follower) {
    return tasks.endOn(
        guest,
        api.delete(ProxmoxReader.guestPath(guest, "snapshot", checkedName(snapshot))),
        "deletion of a snapshot",
        follower,
        Aspect.SNAPSHOTS);
  }

  /** One backup, and none of the older ones is pruned for it. */
  TaskState backup(Guest guest, NewBackup backup, TaskFollower follower) {
    RequestForm form =
        new RequestForm()
            .safe("vmid", guest.id())
            .word("storage", backup.storage(), RequestForm.STORAGE, "name of a storage")
            .safe("mode", backup.mode().name().toLowerCase(Locale.ROOT))
            .safe("compress", "zstd")
            .flag("remove", false);
    String notes = backup.notes();
    if (notes != null) {
      form.line("notes-template", oneLine(notes));
    }
    form.flagIf(backup.kept(), "protected");
    JsonNode reply = api.post(ApiPath.of("nodes", guest.node(), "vzdump"), form.fields());
    if (reply.asText("").equals("OK")) {
      // So it answers, without any task, when none of the guests is on the node.
      throw new JarvisException(
          ErrorCode.VANISHED,
          guest.label()
              + " is not on node "
              + guest.node()
              + " any more, so it was not backed up."
              + " Try again.");
    }
    TaskState end = tasks.endOn(guest, reply, "backup", follower);
    tasks.readAgain(
        ResourceRef.storage(guest.cluster(), guest.node(), backup.storage()), Aspect.CONTENT);
    return end;
  }

  /** Only what the storage itself lists as a backup of this very guest. */
  TaskState deleteBackup(Guest guest, String storage, String volume, TaskFollower follower) {
    String place =
        RequestForm.checked("storage", storage, RequestForm.STORAGE, "name of a storage");
    ApiPath content = ApiPath.of("nodes", guest.node(), "storage", place, "content");
    if (!isBackupOf(guest, volume, api.get(content))) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND,
          "Storage "
              + place
              + " on node "
              + guest.node()
              + " has no such backup of "
              + guest.label()
              + ". get_backups lists those that there are.");
    }
    TaskState end =
        tasks.endOn(
            guest,
            api.delete(ApiPath.of("nodes", guest.node(), "storage", place, "content", volume)),
            "deletion of a backup",
            follower);
    tasks.readAgain(ResourceRef.storage(guest.cluster(), guest.node(), place), Aspect.CONTENT);
    return end;
  }

  private static boolean isBackupOf(Guest guest, String volume, JsonNode content) {
    for (JsonNode row : content) {
      if (row.path("volid").asText().equals(volume)
          && row.path("content").asText().equals("backup")
          && row.path("vmid").asInt() == guest.id().value()) {
        return true;
      }
    }
    return false;
  }

  /** As the parameter {@code notes-template} wants it: newlines and backslashes are escaped. */
  private static String oneLine(String notes) {
    String line =
        RequestForm.checkedNote("notes", notes).replace("\\", "\\\\").replace("\n", "\\n");
    if (line.length() > LONGEST_NOTES) {
      throw RequestForm.invalid("notes", "must have at most " + LONGEST_NOTES + " characters");
    }
    return line.replace('\t', ' ');
  }

  private static String checkedName(String name) {
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw RequestForm.invalid("name", "is reserved by Proxmox VE; choose another");
    }
    return RequestForm.checked(
        "name",
        name,
        RequestForm.SNAPSHOT,
        "name of a snapshot: a letter, then 1 to 39 letters, digits, hyphens and underscores");
  }
}
