package org.jarvis.connector.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jarvis.api.resource.detail.Privileges;

/** How to give an API token what it lacks, in the commands of Proxmox VE. */
final class Cure {
  /** What a shell takes as it is; anything else is not put into a command. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._-]+");

  private static final String AUDIT = ".Audit";

  /** Proxmox VE's own role, which has every privilege that ends with this word. */
  private static final String AUDITOR = "PVEAuditor";

  private static final Set<String> HARMLESS = Set.of("Sys.Syslog");

  private Cure() {}

  /**
   * The commands.
   *
   * @param account the token
   * @param missing what it lacks
   * @param held what it has
   */
  static String of(String account, List<Right> missing, Privileges held) {
    Map<String, Set<String>> roles = new LinkedHashMap<>();
    Set<String> commands = new LinkedHashSet<>();
    for (Right right : missing) {
      String path = where(right.path(), held);
      if (!PLAIN.matcher(path + right.privilege()).matches()) {
        return "Give it such a role in Proxmox VE, under Datacenter > Permissions.";
      }
      boolean audit = right.privilege().endsWith(AUDIT);
      String role = audit ? AUDITOR : "Jarvis-" + right.privilege();
      roles.computeIfAbsent(path, first -> new LinkedHashSet<>()).add(role);
      if (!audit) {
        commands.add("pveum role add " + role + " --privs " + right.privilege());
      }
    }
    roles.forEach(
        (path, names) -> {
          if (!inherits(path, names, roles, held)) {
            commands.add(
                "pveum acl modify "
                    + path
                    + " --tokens '"
                    + account
                    + "' --roles "
                    + String.join(",", names));
          }
        });
    return "Give it, and its user where that lacks it too, a role that has it"
        + (missing.stream().allMatch(Cure::isHarmless)
            ? ": "
            : ", although that allows changes as well: ")
        + String.join(" && ", commands);
  }

  /**
   * Whether a path gets all its roles from one above, since nothing that it holds is in the way.
   */
  private static boolean inherits(
      String path, Set<String> names, Map<String, Set<String>> roles, Privileges held) {
    if (!Rights.privilegesOn(path, held).isEmpty()) {
      return false;
    }
    String at = path;
    while (!at.equals("/")) {
      at = Rights.above(at);
      if (roles.getOrDefault(at, Set.of()).containsAll(names)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHarmless(Right right) {
    return right.privilege().endsWith(AUDIT) || HARMLESS.contains(right.privilege());
  }

  /**
   * Where to give a role that adds to what is held on a path. A role that is given below another
   * one replaces it there, so it has to be given where that one was.
   */
  private static String where(String path, Privileges held) {
    Set<String> here = Rights.privilegesOn(path, held);
    if (here.isEmpty()) {
      return path;
    }
    List<String> same = new ArrayList<>(List.of(path));
    String at = path;
    while (!at.equals("/")) {
      at = Rights.above(at);
      if (!Rights.privilegesOn(at, held).equals(here)) {
        break;
      }
      same.add(at);
    }
    return same.get(same.size() - 1);
  }
}
