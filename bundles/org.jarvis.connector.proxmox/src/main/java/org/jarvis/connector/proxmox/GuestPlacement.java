package org.jarvis.connector.proxmox;

import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.connector.RequestedState;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;

/** Moves guests, makes new ones of them, and deletes them. */
final class GuestPlacement {
  private static final String STORAGE = "name of a storage";

  private final ApiClient api;
  private final BegunTasks tasks;

  GuestPlacement(ApiClient api, BegunTasks tasks) {
    this.api = api;
    this.tasks = tasks;
  }

  /**
   * A VM moves while it runs. A container cannot: it is shut down, moved and started again, and its
   * local volumes always go with it.
   */
  TaskState migrate(Guest guest, Migration migration, TaskFollower follower) {
    RequestForm form = new RequestForm().safe("target", migration.target());
    if (guest.type() == GuestType.QEMU) {
      form.flagIf(migration.online(), "online")
          .flagIf(migration.withLocalDisks(), "with-local-disks")
          .word("targetstorage", migration.targetStorage(), RequestForm.STORAGE, STORAGE);
    } else {
      form.flagIf(migration.online(), "restart")
          .word("target-storage", migration.targetStorage(), RequestForm.STORAGE, STORAGE);
    }
    TaskState end =
        tasks.end(
            api.post(ProxmoxReader.guestPath(guest, "migrate"), form.fields()),
            "migration of " + guest.label(),
            follower);
    if (BegunTasks.onlyWished(end)) {
      tasks.awaitMove(guest, now -> now.node().equals(migration.target()));
    }
    tasks.readAgain(guest.id());
    return end;
  }

  TaskState copy(Guest guest, GuestCopy copy, TaskFollower follower) {
    String nameKey = guest.type() == GuestType.QEMU ? "name" : "hostname";
    RequestForm form =
        new RequestForm()
            .safe("newid", copy.id())
            .word(nameKey, copy.name(), RequestForm.HOST_NAME, "name for a guest");
    if (copy.target() != null) {
      form.safe("target", copy.target());
    }
    form.flag("full", copy.complete())
        .word("storage", copy.storage(), RequestForm.STORAGE, STORAGE)
        .word("snapname", copy.snapshot(), RequestForm.SNAPSHOT, "name of a snapshot");
    TaskState end =
        tasks.end(
            api.post(ProxmoxReader.guestPath(guest, "clone"), form.fields()),
            "copy of " + guest.label(),
            follower);
    // What is new is the copy; nothing about the original has changed.
    tasks.readAgain(copy.id());
    tasks.readAgain(ResourceRef.guest(guest.cluster(), copy.id()), Aspect.CONFIGURATION);
    return end;
  }

  /** The managers of high availability see to it within some seconds, without a task here. */
  void requestState(Guest guest, RequestedState state) {
    api.put(
        ApiPath.of(
            "cluster",
            "ha",
            "resources",
            (guest.type() == GuestType.QEMU ? "vm:" : "ct:") + guest.id()),
        new RequestForm().safe("state", state.word()).fields());
    tasks.readAgain(ResourceRef.cluster(guest.cluster()), Aspect.HIGH_AVAILABILITY);
  }

  /**
   * Deletes with the disks that the configuration names. Others with the guest's number are left
   * alone: on a storage that two clusters share they may be another guest's.
   */
  TaskState delete(Guest guest, boolean purge, TaskFollower follower) {
    ApiPath path =
        ProxmoxReader.guestPath(guest)
            .with("purge", purge ? 1 : 0)
            .with("destroy-unreferenced-disks", 0);
    return tasks.endOn(guest, api.delete(path), "deletion", follower);
  }
}
