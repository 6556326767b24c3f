package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A machine with libvirt that is a script: it has two domains and answers as virsh does. */
final class VirshScript {
  static final String CLUSTER = "attic";
  static final String NODE = "kvm1";
  static final String RUNNING = "web server";
  static final String STOPPED = "--help; $(reboot)";

  private static final String SCRIPT =
      """
      cd '%s' || exit 9
      case "$1" in
        start) echo 1 > "state-$2"; echo "$*" >> changes ;;
        shutdown|destroy) echo 5 > "state-$2"; echo "$*" >> changes ;;
        list)
          for file in state-*; do
            id=${file#state-}
            case "$*" in
              *--name) printf '%%-36s %%-30s\\n' "$id" "$(cat "name-$id")" ;;
              *--all*) echo "$id" ;;
              *) [ "$(cat "$file")" = 5 ] || echo "$id" ;;
            esac
          done
          ;;
        domstats)
          for file in state-*; do
            printf "Domain: '%%s'\\n" "$(cat "name-${file#state-}")"
            printf '  state.state=%%s\\n  vcpu.current=2\\n' "$(cat "$file")"
            printf '  balloon.maximum=2097152\\n  balloon.rss=1048576\\n\\n'
          done
          ;;
        dumpxml) echo "<domain>$3</domain>" ;;
        nodeinfo) echo 'CPU(s):              8' ;;
        nodememstats) printf 'total  :  16326432 KiB\\nfree   :  6326432 KiB\\n' ;;
      esac
      exit 0
      """;

  private final Path machine;

  private VirshScript(Path machine) {
    this.machine = machine;
  }

  /** Writes it, and the configuration that makes a cluster of it. */
  static VirshScript write(Path folder, Path etc) throws IOException {
    VirshScript virsh = new VirshScript(Files.createDirectory(folder.resolve("machine")));
    virsh.domain("6f1a2b3c-0000-4000-8000-000000000001", RUNNING, "1");
    virsh.domain("6f1a2b3c-0000-4000-8000-000000000002", STOPPED, "5");
    Path script =
        Files.writeString(folder.resolve("virsh.sh"), SCRIPT.formatted(virsh.machine), UTF_8);
    Files.writeString(
        etc.resolve("org.jarvis.extension.libvirt-attic.cfg"),
        """
        name = %s
        node = %s
        command = /bin/sh, %s
        poll.interval.seconds = 1
        """
            .formatted(CLUSTER, NODE, script),
        UTF_8);
    return virsh;
  }

  private void domain(String id, String name, String state) throws IOException {
    Files.writeString(machine.resolve("name-" + id), name + "\n", UTF_8);
    Files.writeString(machine.resolve("state-" + id), state + "\n", UTF_8);
  }

  /** What was asked of it that changes something, one line each. */
  String changes() throws IOException {
    Path changes = machine.resolve("changes");
    return Files.exists(changes) ? Files.readString(changes, UTF_8) : "";
  }
}
