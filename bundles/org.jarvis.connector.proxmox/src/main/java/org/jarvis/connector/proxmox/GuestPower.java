package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.TaskState;
import org.jarvis.connector.proxmox.http.ApiClient;

/** Switches guests on and off: what {@code status/…} of a guest offers. */
final class GuestPower {
  private static final String BY_HIGH_AVAILABILITY = "what high availability does with";

  private final ApiClient api;
  private final BegunTasks tasks;

  GuestPower(ApiClient api, BegunTasks tasks) {
    this.api = api;
    this.tasks = tasks;
  }

  TaskState start(Guest guest, TaskFollower follower) {
    return switched(
        guest, "start", new RequestForm(), Guest.Status.RUNNING, Duration.ZERO, follower);
  }

  TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    return switched(guest, "shutdown", timeout(patience), Guest.Status.STOPPED, patience, follower);
  }

  TaskState stop(Guest guest, TaskFollower follower) {
    return switched(
        guest, "stop", new RequestForm(), Guest.Status.STOPPED, Duration.ZERO, follower);
  }

  /**
   * A VM's task ends when it is off; that it is switched on again is the work of qmeventd, with a
   * task of root's.
   */
  TaskState reboot(Guest guest, Duration patience, TaskFollower follower) {
    TaskState end =
        tasks.end(post(guest, "reboot", timeout(patience)), label(guest, "reboot"), follower);
    if (end.succeeded()) {
      tasks.awaitStatus(guest, Guest.Status.RUNNING, Duration.ZERO, "the start of");
    }
    tasks.readAgain(guest.id());
    return end;
  }

  TaskState reset(Guest guest, TaskFollower follower) {
    requireMachine(guest, "reset", "A container has no button to reset it; reboot it");
    return tasks.endOn(guest, post(guest, "reset", new RequestForm()), "reset", follower);
  }

  TaskState suspend(Guest guest, boolean toDisk, TaskFollower follower) {
    RequestForm form = new RequestForm();
    if (toDisk) {
      requireMachine(guest, "toDisk", "A container's memory cannot be written to disk");
      form.flag("todisk", true);
    }
    return tasks.endOn(guest, post(guest, "suspend", form), "suspend", follower);
  }

  TaskState resume(Guest guest, TaskFollower follower) {
    return tasks.endOn(guest, post(guest, "resume", new RequestForm()), "resume", follower);
  }

  private TaskState switched(
      Guest guest,
      String operation,
      RequestForm form,
      Guest.Status effect,
      Duration patience,
      TaskFollower follower) {
    TaskState end = tasks.end(post(guest, operation, form), label(guest, operation), follower);
    if (BegunTasks.onlyWished(end)) {
      tasks.awaitStatus(guest, effect, patience, BY_HIGH_AVAILABILITY);
    }
    tasks.readAgain(guest.id());
    return end;
  }

  private JsonNode post(Guest guest, String operation, RequestForm form) {
    return api.post(ProxmoxReader.guestPath(guest, "status", operation), form.fields());
  }

  private static RequestForm timeout(Duration patience) {
    return new RequestForm().number("timeout", Math.max(1, patience.toSeconds()));
  }

  private static String label(Guest guest, String operation) {
    return operation + " of " + guest.label();
  }

  private static void requireMachine(Guest guest, String field, String why) {
    if (guest.type() != GuestType.QEMU) {
      throw RequestForm.invalid(field, "is not possible for " + guest.label() + ". " + why);
    }
  }
}
