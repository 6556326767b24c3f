package org.jarvis.connector.proxmox;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers as a healthy cluster of any size does: every second guest is a VM with an agent, each
 * node has its own storage, and all see a shared one.
 */
final class FakeCluster {
  private static final Pattern GUEST =
      Pattern.compile("GET /nodes/([a-z0-9]+)/(qemu|lxc)/([0-9]+)/(.*)");
  private static final Pattern NODE = Pattern.compile("GET /nodes/([a-z0-9]+)/(.*)");

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final String resources;
  private final String status;

  FakeCluster(int nodes, int guests) {
    StringBuilder rows = new StringBuilder();
    StringBuilder members =
        new StringBuilder(
            "{\"type\":\"cluster\",\"name\":\"fake\",\"nodes\":%d,\"quorate\":1}".formatted(nodes));
    for (int i = 1; i <= nodes; i++) {
      rows.append(
          """
          {"type":"node","node":"pve%1$d","id":"node/pve%1$d","status":"online"},
          {"type":"storage","id":"storage/pve%1$d/local","storage":"local","node":"pve%1$d",
           "status":"available","shared":0,"plugintype":"dir"},
          {"type":"storage","id":"storage/pve%1$d/nas","storage":"nas","node":"pve%1$d",
           "status":"available","shared":1,"plugintype":"nfs"},
          """
              .formatted(i));
      members.append(",{\"type\":\"node\",\"name\":\"pve%d\",\"online\":1}".formatted(i));
    }
    for (int i = 0; i < guests; i++) {
      rows.append(
          """
          {"type":"%s","vmid":%d,"id":"x/%d","node":"pve%d","name":"g%d","status":"running"},
          """
              .formatted(i % 2 == 0 ? "qemu" : "lxc", 100 + i, 100 + i, 1 + i % nodes, i));
    }
    resources = "[" + rows.substring(0, rows.lastIndexOf(",")) + "]";
    status = "[" + members + "]";
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("GET /version", "{\"version\":\"9.2.11\"}");
    fixed.put("GET /cluster/tasks", "[]");
    fixed.put("GET /cluster/log", "[]");
    fixed.put("GET /cluster/backup", "[]");
    fixed.put("GET /cluster/backup-info/not-backed-up", "[]");
    fixed.put("GET /cluster/ha/status/current", "[]");
    fixed.put(
        "GET /access/permissions",
        privileges(
            "/", "Sys.Audit", "Sys.Modify", "VM.Audit", "Datastore.Audit", "VM.GuestAgent.Audit"));
    answers.putAll(fixed);
  }

  /** The data of a reply that grants these on a path. */
  static String privileges(String path, String... names) {
    StringBuilder granted = new StringBuilder();
    for (String name : names) {
      granted.append(granted.isEmpty() ? "" : ",").append('"').append(name).append("\":1");
    }
    return "{\"" + path + "\":{" + granted + "}}";
  }

  /** Answers a call with this data instead. */
  FakeCluster data(String call, String data) {
    answers.put(call, data);
    return this;
  }

  /** Of the resources, changed. */
  FakeCluster resources(String from, String to) {
    answers.put("GET /cluster/resources", resources.replace(from, to));
    return this;
  }

  /** How often a call was made; of a guest's or node's calls, the last part alone counts. */
  int asked(String call) {
    AtomicInteger count = asked.get(call);
    return count == null ? 0 : count.get();
  }

  /** Answers any request. */
  byte[] answer(FakeMember.Request request) {
    String call = request.call();
    asked.computeIfAbsent(call, first -> new AtomicInteger()).incrementAndGet();
    if (!kind(call).equals(call)) {
      asked.computeIfAbsent(kind(call), first -> new AtomicInteger()).incrementAndGet();
    }
    String data = answers.get(call);
    if (data == null) {
      data = answers.get(kind(call));
    }
    if (data == null) {
      data = usual(call);
    }
    return data.startsWith("!")
        ? FakeMember.reply(
            Integer.parseInt(data.substring(1, 4)),
            "{\"data\":null,\"message\":\"" + data.substring(5) + "\\n\"}")
        : FakeMember.reply(200, "{\"data\":" + data + "}");
  }

  private static String kind(String call) {
    Matcher guest = GUEST.matcher(call);
    if (guest.matches()) {
      return guest.group(2) + " " + guest.group(4);
    }
    Matcher node = NODE.matcher(call);
    return node.matches() ? "node " + node.group(2) : call;
  }

  private String usual(String call) {
    return switch (kind(call)) {
      case "GET /cluster/resources" -> resources;
      case "GET /cluster/status" -> status;
      case "GET /cluster/ceph/status" -> "!500 binary not installed: /usr/bin/ceph-mon";
      case "node status" -> "{\"uptime\":5,\"cpu\":0.1}";
      case "node disks/zfs" -> "!500 zfsutils-linux not installed";
      case "node disks/list" -> "[{\"devpath\":\"/dev/sda\"},{\"devpath\":\"/dev/sdb\"}]";
      case "node disks/smart" -> "{\"health\":\"PASSED\",\"type\":\"text\",\"text\":\"\"}";
      case "qemu pending", "lxc pending" ->
          "[{\"key\":\"digest\",\"value\":\"d\"},{\"key\":\"agent\",\"value\":\"1\"}]";
      case "qemu status/current", "lxc status/current" -> "{\"status\":\"running\"}";
      case "qemu agent/get-osinfo", "qemu agent/get-host-name" -> "{\"result\":{}}";
      case "qemu agent/get-fsinfo", "qemu agent/network-get-interfaces" -> "{\"result\":[]}";
      default ->
          call.toLowerCase(Locale.ROOT).startsWith("get /nodes/")
              ? "[]"
              : "!501 Method '" + call + "' not implemented";
    };
  }
}
