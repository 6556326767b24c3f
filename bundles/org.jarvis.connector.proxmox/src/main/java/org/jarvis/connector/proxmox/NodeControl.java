package org.jarvis.connector.proxmox;

import java.util.Map;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;

/** Switches nodes and their services on and off. */
final class NodeControl {
  private final ApiClient api;
  private final BegunTasks tasks;

  NodeControl(ApiClient api, BegunTasks tasks) {
    this.api = api;
    this.tasks = tasks;
  }

  void reboot(Node node) {
    command(node, "reboot");
  }

  void shutdown(Node node) {
    command(node, "shutdown");
  }

  /** Proxmox VE answers at once and acts two seconds later. */
  private void command(Node node, String command) {
    api.post(ApiPath.of("nodes", node.node(), "status"), Map.of("command", command));
  }

  /** The path names the node to wake; the member that is asked sends the packet itself. */
  void wake(Node node) {
    api.post(ApiPath.of("nodes", node.node(), "wakeonlan"), Map.of());
  }

  /** The scheduler of the node runs it within a minute, without a task. */
  void replicate(Node node, String job) {
    api.post(
        ApiPath.of(
            "nodes",
            node.node(),
            "replication",
            RequestForm.checked("job", job, RequestForm.REPLICATION_JOB, "id of a replication job"),
            "schedule_now"),
        Map.of());
  }

  TaskState orderCertificate(Node node, TaskFollower follower) {
    TaskState end =
        tasks.end(
            api.post(
                ApiPath.of("nodes", node.node(), "certificates", "acme", "certificate"),
                new RequestForm().flag("force", true).fields()),
            "order of a certificate for " + node.node(),
            follower);
    tasks.readAgain();
    tasks.readAgain(node.ref(), Aspect.CERTIFICATES);
    return end;
  }

  TaskState service(Node node, String service, String verb, TaskFollower follower) {
    ApiPath path =
        ApiPath.of(
            "nodes",
            node.node(),
            "services",
            RequestForm.checked("service", service, RequestForm.SERVICE, "name of a service"),
            verb);
    TaskState end =
        tasks.end(
            api.post(path, Map.of()), verb + " of " + service + " on " + node.node(), follower);
    tasks.readAgain();
    tasks.readAgain(node.ref(), Aspect.SERVICES);
    return end;
  }
}
