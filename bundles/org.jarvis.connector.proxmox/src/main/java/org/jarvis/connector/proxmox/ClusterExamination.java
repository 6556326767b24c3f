package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.Examination.Check;
import org.jarvis.api.connector.Examination.Outcome;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.detail.ConnectionDetail.Member;
import org.jarvis.api.resource.detail.Privileges;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;
import org.jarvis.connector.proxmox.http.ToldTime;
import org.jarvis.connector.proxmox.reply.ClusterAspects;
import org.jarvis.connector.proxmox.reply.ClusterStatus;
import org.jarvis.connector.proxmox.reply.Oddities;
import org.jarvis.connector.proxmox.reply.Resources;
import org.jarvis.connector.proxmox.reply.Row;
import org.jspecify.annotations.Nullable;

/**
 * Tries everything that Jarvis needs of a cluster, in the order in which it builds on each other.
 */
final class ClusterExamination {
  private static final int OLDEST = 7;
  private static final int NEWEST = 9;
  private static final int GUEST_AGENT_SINCE = 9;

  /** What Jarvis reads with privileges, and what they are for. */
  private static final List<Use> READING =
      List.of(
          new Use("read nodes and the cluster", "/", true, List.of("Sys.Audit")),
          new Use("read guests", "/vms", true, List.of("VM.Audit")),
          new Use("read storages and backups", "/storage", true, List.of("Datastore.Audit")),
          new Use("read pools", "/pool", false, List.of("Pool.Audit")),
          new Use("read journals", "/nodes", false, List.of("Sys.Syslog")));

  /** What Jarvis changes with privileges, and what they are for. */
  private static final List<Use> WRITING =
      List.of(
          new Use("start and stop guests", "/vms", false, List.of("VM.PowerMgmt")),
          new Use("take and delete snapshots", "/vms", false, List.of("VM.Snapshot")),
          new Use("roll back to snapshots", "/vms", false, List.of("VM.Snapshot.Rollback")),
          new Use("back up guests", "/vms", false, List.of("VM.Backup")),
          new Use("migrate guests", "/vms", false, List.of("VM.Migrate")),
          new Use(
              "configure guests",
              "/vms",
              false,
              List.of(
                  "VM.Config.CPU",
                  "VM.Config.Memory",
                  "VM.Config.Disk",
                  "VM.Config.Network",
                  "VM.Config.Options",
                  "VM.Config.HWType",
                  "VM.Config.CDROM",
                  "VM.Config.Cloudinit")),
          new Use("copy guests", "/vms", false, List.of("VM.Clone")),
          new Use("create and delete guests", "/vms", false, List.of("VM.Allocate")),
          new Use("write to storages", "/storage", false, List.of("Datastore.AllocateSpace")),
          new Use("reboot, shut down and wake nodes", "/nodes", false, List.of("Sys.PowerMgmt")),
          new Use("manage services and read updates", "/nodes", false, List.of("Sys.Modify")));

  private final ClusterSettings settings;
  private final ApiClient api;
  private final Observation now;
  private final List<Check> checks = new ArrayList<>();
  private int version = NEWEST;

  /**
   * What Jarvis does with privileges.
   *
   * @param what for people
   * @param path where it needs them
   * @param needed whether it cannot watch without them
   * @param privileges all of which it needs
   */
  private record Use(String what, String path, boolean needed, List<String> privileges) {}

  ClusterExamination(ClusterSettings settings, ApiClient api, Observation now) {
    this.settings = settings;
    this.api = api;
    this.now = now;
  }

  /** Tries everything. */
  Examination examine() {
    List<Member> members = api.members();
    // All at once: each that is down takes as long as its time-out.
    Map<Member, CompletableFuture<JsonNode>> versions = new HashMap<>();
    for (Member member : members) {
      if (!isUnused(member)) {
        versions.put(member, api.readFrom(URI.create(member.address()), ApiPath.of("version")));
      }
    }
    boolean anybody = false;
    for (Member member : members) {
      anybody |= examineMember(member, versions.get(member));
    }
    if (anybody && examineVersion()) {
      examineClocks();
      examineQuorum();
      examineResources();
      examinePrivileges();
    }
    return new Examination(checks);
  }

  /** Whether the cluster names an address that Jarvis does not send its token to. */
  private static boolean isUnused(Member member) {
    return member.state() == Member.State.UNTRIED && member.reason() != null;
  }

  /**
   * Whether the member answers, whatever it answers. Without one of which only the cluster told,
   * Jarvis can watch it all the same.
   */
  private boolean examineMember(Member member, @Nullable CompletableFuture<JsonNode> version) {
    URI address = URI.create(member.address());
    NodeName node = member.node();
    String where =
        address.getHost()
            + ":"
            + address.getPort()
            + (member.configured() || node == null ? "" : " (discovered, " + node + ")");
    Outcome bad = member.configured() ? Outcome.FAILED : Outcome.LIMITED;
    if (version == null) {
      String why = member.reason() == null ? "" : member.reason();
      checks.add(new Check("connection to " + where, bad, why, null));
      return false;
    }
    try {
      ApiClient.await(version);
      passed("connection to " + where, "It answers.");
      passed(
          "certificate of " + where,
          settings.access().pinned(address.getHost())
              ? "It is pinned."
              : api.isByConsent(address)
                  ? "A person consented to it."
                  : "The system's authorities vouch for it.");
      passed("API token at " + where, settings.access().token().account() + " is accepted.");
      return true;
    } catch (JarvisException failure) {
      switch (failure.code()) {
        case CERTIFICATE_UNTRUSTED -> {
          passed("connection to " + where, "Something answers there.");
          checks.add(new Check("certificate of " + where, bad, failure.getMessage(), pin(failure)));
        }
        case CREDENTIALS_REFUSED -> {
          passed("connection to " + where, "It answers.");
          passed("certificate of " + where, "It is trusted.");
          checks.add(new Check("API token at " + where, bad, failure.getMessage(), tokenLines()));
        }
        default -> checks.add(new Check("connection to " + where, bad, failure.getMessage(), null));
      }
      return false;
    }
  }

  /** The line of the configuration that the message of a refused certificate names. */
  private static @Nullable String pin(JarvisException refused) {
    String message = refused.getMessage();
    int start = message.indexOf("tls.fingerprint=");
    if (start < 0) {
      return null;
    }
    int end = message.indexOf(' ', start);
    return message.substring(start, end < 0 ? message.length() : end);
  }

  private boolean examineVersion() {
    try {
      String text = new Row(api.get(ApiPath.of("version"))).text("version");
      if (text == null || !text.matches("[0-9]{1,3}(?:[.-].*)?")) {
        failed("version", "The cluster does not say which version of Proxmox VE it is.", null);
        return false;
      }
      version = Integer.parseInt(text.split("[.-]", 2)[0]);
      if (version < OLDEST) {
        failed(
            "version",
            "Proxmox VE " + text + " is too old; Jarvis knows versions 7 to 9.",
            "Upgrade the cluster to a supported version.");
      } else if (version > NEWEST) {
        limited(
            "version",
            "Proxmox VE " + text + " is newer than this Jarvis knows; most may work.",
            "Look for a newer Jarvis.");
      } else {
        passed("version", "Proxmox VE " + text + ".");
      }
      return true;
    } catch (JarvisException failure) {
      failed("version", failure.getMessage(), null);
      return false;
    }
  }

  /** By the replies to what was asked so far. */
  private void examineClocks() {
    List<ToldTime> times = api.times();
    List<String> warnings = Clocks.warnings(times);
    if (times.isEmpty()) {
      limited(
          "clocks",
          "No reply says what time it is at the cluster, so Jarvis cannot tell whether its clocks"
              + " are right.",
          "Let the Date of replies pass, where a proxy stands before the cluster.");
    } else if (warnings.isEmpty()) {
      passed(
          "clocks",
          times.size() == 1
              ? "The clock of the member that answers agrees with Jarvis's."
              : "The clocks of the " + times.size() + " members that answer agree with Jarvis's.");
    } else {
      limited("clocks", String.join(" ", warnings), Clocks.CURE);
    }
  }

  private void examineQuorum() {
    try {
      JsonNode data = api.get(ApiPath.of("cluster", "status"));
      ClusterStatus status = ClusterStatus.read(data, new Oddities());
      if (Boolean.TRUE.equals(status.quorate())) {
        passed("quorum", "The cluster has quorum.");
      } else if (status.quorate() == null) {
        limited("quorum", "The cluster does not say whether it has quorum.", null);
      } else {
        limited(
            "quorum",
            "The cluster has lost quorum: it can be watched, but nothing in it can be changed.",
            "Bring more of its nodes back.");
      }
    } catch (JarvisException failure) {
      limited("quorum", failure.getMessage(), readingLines());
    }
  }

  private void examineResources() {
    try {
      JsonNode data = api.get(ApiPath.of("cluster", "resources"));
      Resources seen = Resources.read(data, Map.of(), settings.id(), now, new Oddities());
      String found =
          seen.nodes().size()
              + " nodes, "
              + seen.guests().size()
              + " guests and "
              + seen.storages().size()
              + " storages are visible.";
      if (seen.nodes().isEmpty()) {
        failed("visible resources", found, readingLines());
      } else if (seen.guests().isEmpty()) {
        limited(
            "visible resources",
            found + " Maybe there are guests that the token may not see.",
            null);
      } else {
        passed("visible resources", found);
      }
    } catch (JarvisException failure) {
      failed("visible resources", failure.getMessage(), null);
    }
  }

  private void examinePrivileges() {
    Privileges held;
    try {
      held =
          ClusterAspects.privileges(api.get(ApiPath.of("access", "permissions")), new Oddities());
    } catch (JarvisException failure) {
      limited("privileges", failure.getMessage(), null);
      return;
    }
    for (Use use : READING) {
      examine(use, held, readingLines());
    }
    examine(
        new Use(
            "read what guests tell from the inside",
            "/vms",
            false,
            List.of(version >= GUEST_AGENT_SINCE ? "VM.GuestAgent.Audit" : "VM.Monitor")),
        held,
        readingLines());
    for (Use use : WRITING) {
      examine(use, held, operatingLines());
    }
  }

  private void examine(Use use, Privileges held, String cure) {
    Set<String> missing = new LinkedHashSet<>(use.privileges());
    missing.removeAll(Rights.privilegesOn(use.path(), held));
    if (missing.isEmpty()) {
      passed(use.what(), String.join(", ", use.privileges()) + " on " + use.path() + ".");
      return;
    }
    boolean somewhere = Rights.anywhere(held).containsAll(missing);
    String detail =
        String.join(", ", missing)
            + (missing.size() == 1 ? " is" : " are")
            + " missing on "
            + use.path()
            + (somewhere
                ? ", and held only on narrower paths: it works for some."
                : ", so this does not work.");
    if (use.needed() && !somewhere) {
      failed(use.what(), detail, cure);
    } else {
      limited(use.what(), detail, cure);
    }
  }

  private String account() {
    return settings.access().token().account();
  }

  private String user() {
    String account = account();
    return account.substring(0, account.indexOf('!'));
  }

  private String tokenName() {
    String account = account();
    return account.substring(account.indexOf('!') + 1);
  }

  /** The lines that make the token anew. */
  private String tokenLines() {
    return "pveum user token remove "
        + user()
        + " "
        + tokenName()
        + "\npveum user token add "
        + user()
        + " "
        + tokenName()
        + " --privsep 1";
  }

  private String readingLines() {
    return role("JarvisRead", privilegesFor(READING));
  }

  private String operatingLines() {
    List<Use> all = new ArrayList<>(READING);
    all.addAll(WRITING);
    return role("JarvisOperate", privilegesFor(all));
  }

  private Set<String> privilegesFor(List<Use> uses) {
    Set<String> privileges = new LinkedHashSet<>();
    uses.forEach(use -> privileges.addAll(use.privileges()));
    privileges.add(version >= GUEST_AGENT_SINCE ? "VM.GuestAgent.Audit" : "VM.Monitor");
    return privileges;
  }

  /** A token has no more than its user has, so both get the role. */
  private String role(String name, Set<String> privileges) {
    return "pveum role add "
        + name
        + " --privs \""
        + String.join(" ", privileges)
        + "\"\npveum acl modify / --users '"
        + user()
        + "' --roles "
        + name
        + "\npveum acl modify / --tokens '"
        + account()
        + "' --roles "
        + name;
  }

  private void passed(String name, String detail) {
    checks.add(new Check(name, Outcome.PASSED, detail, null));
  }

  private void limited(String name, String detail, @Nullable String cure) {
    checks.add(new Check(name, Outcome.LIMITED, detail, cure));
  }

  private void failed(String name, String detail, @Nullable String cure) {
    checks.add(new Check(name, Outcome.FAILED, detail, cure));
  }
}
