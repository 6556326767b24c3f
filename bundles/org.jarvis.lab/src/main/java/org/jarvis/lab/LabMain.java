package org.jarvis.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jarvis.lab.pve.Release;

/** Runs the lab as a process of its own, until it is ended. */
public final class LabMain {

  private static final String USAGE =
      """
      Runs a simulated Proxmox VE cluster on 127.0.0.1.

        --port N        port of the API (default 8006)
        --fault-port N  port of the fault switches (default 8007)
        --ssh-port N    port of the first node for SSH, the other hosts take the next ones
                        (default 8022; 0 for free ones)
        --nodes N       nodes, 1 to 100 (default 4)
        --guests N      guests, 0 to 20000 (default 12)
        --speed X       how many times as fast as real its clock runs (default 1)
        --seed N        which figures it tells (default 1)
        --release N     which version it claims to be: 7, 8 or 9 (default 9)
        --data DIR      keeps certificate and tokens here, so that they survive a restart
      """;

  private static final int DEFAULT_PORT = 8006;
  private static final int DEFAULT_FAULT_PORT = 8007;
  private static final int DEFAULT_SSH_PORT = 8022;

  private LabMain() {}

  /**
   * Starts the lab and waits; exits with 2 on arguments that make no sense, and with 1 where it
   * cannot start.
   */
  public static void main(String[] arguments) throws InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    LabOptions options;
    try {
      options = parse(arguments);
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    try {
      Lab lab = new Lab(options);
      lab.start();
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close, "lab-shutdown"));
      announce(lab, options, System.out);
    } catch (IOException failed) {
      System.err.println("The lab cannot start: " + failed.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  /** Reads the command line. */
  static LabOptions parse(String... arguments) {
    LabOptions options =
        LabOptions.defaults().on(DEFAULT_PORT, DEFAULT_FAULT_PORT).withSshFrom(DEFAULT_SSH_PORT);
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i];
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(name + " needs a value.");
      }
      options = with(options, name, arguments[i + 1]);
    }
    return options;
  }

  private static LabOptions with(LabOptions options, String name, String value) {
    try {
      return switch (name) {
        case "--port" -> options.on(Integer.parseInt(value), options.faultPort());
        case "--fault-port" -> options.on(options.port(), Integer.parseInt(value));
        case "--ssh-port" -> options.withSshFrom(Integer.parseInt(value));
        case "--nodes" -> options.sized(Integer.parseInt(value), options.guests());
        case "--guests" -> options.sized(options.nodes(), Integer.parseInt(value));
        case "--speed" -> options.at(Double.parseDouble(value));
        case "--seed" -> options.seeded(Long.parseLong(value));
        case "--release" ->
            options.claiming(
                Release.named(value)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "--release is 7, 8 or 9, not '" + value + "'.")));
        case "--data" -> options.keptIn(Path.of(value));
        default -> throw new IllegalArgumentException("There is no option " + name + ".");
      };
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          name + " takes a number, not '" + value + "'.", notANumber);
    }
  }

  /**
   * Prints the lines that a connector's configuration takes, and how to reach the fault switches.
   */
  static void announce(Lab lab, LabOptions options, PrintStream out) {
    out.println(
        "# A simulated cluster of "
            + options.nodes()
            + " nodes and "
            + options.guests()
            + " guests.");
    out.println("# As etc/org.jarvis.connector.proxmox-lab.cfg:");
    out.println("name=lab");
    out.println("addresses=" + lab.address());
    out.println("token=" + lab.operatorToken().credential());
    out.println("tls.fingerprint=" + lab.fingerprints());
    out.println("runs.outside=true");
    out.println("# With a token that may only read:");
    out.println("# token=" + lab.auditorToken().credential());
    out.println("# With one that may see guests and storages alone:");
    out.println("# token=" + lab.watcherToken().credential());
    announceSsh(lab, options, out);
    out.println("# Fault switches:");
    out.println(
        "# curl -H 'Authorization: Bearer "
            + lab.faultToken()
            + "' "
            + lab.faultAddress()
            + "/faults");
    out.flush();
  }

  private static void announceSsh(Lab lab, LabOptions options, PrintStream out) {
    out.println("# As etc/org.jarvis.connector.ssh-lab.cfg:");
    out.println("# cluster=lab");
    out.println("# user=root");
    if (options.data() != null) {
      out.println("# key=" + lab.sshKeys().clientKeyFile());
    }
    out.println("# host-keys=" + lab.sshPins());
    for (String host : lab.sshHosts()) {
      boolean node =
          lab.cluster().inventory().nodes().stream().anyMatch(spec -> spec.name().equals(host));
      String address = "127.0.0.1:" + lab.sshPort(host);
      out.println(
          node
              ? "# address." + host + "=" + address
              : "# Besides, "
                  + host
                  + " is at "
                  + address
                  + " with the host key "
                  + lab.sshKeys().fingerprint(host));
    }
    if (options.data() == null) {
      out.println("# Nobody can log in: with --data DIR the key to do so is kept in DIR/ssh.");
    }
  }
}
