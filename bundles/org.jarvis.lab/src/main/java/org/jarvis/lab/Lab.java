package org.jarvis.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jarvis.lab.fault.Fault;
import org.jarvis.lab.fault.FaultApi;
import org.jarvis.lab.fault.FaultSwitches;
import org.jarvis.lab.http.FaultPort;
import org.jarvis.lab.http.LabCertificates;
import org.jarvis.lab.http.PrivateFiles;
import org.jarvis.lab.http.PvePort;
import org.jarvis.lab.pve.ApiToken;
import org.jarvis.lab.pve.Fingerprints;
import org.jarvis.lab.pve.PveApi;
import org.jarvis.lab.shell.Machine;
import org.jarvis.lab.shell.Machines;
import org.jarvis.lab.shell.World;
import org.jarvis.lab.sim.Homelab;
import org.jarvis.lab.sim.Inventory;
import org.jarvis.lab.sim.SimulatedClock;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.ssh.SshHosts;
import org.jarvis.lab.ssh.SshKeys;

/**
 * A simulated Proxmox VE cluster that listens on 127.0.0.1.
 *
 * <p>Lifecycle: a constructed lab has its cluster, tokens and certificate, but no ports; {@link
 * #start} opens them; {@link #close} closes them and ends every thread, after which it cannot be
 * started again. Threading: all methods may be called from any thread. A lab runs seven threads and
 * three for SSH, whatever its size and the number of its clients, and one for every command that
 * runs.
 */
public final class Lab implements AutoCloseable {

  /**
   * The file in the data folder that says, while a lab runs, where it listens and how to reach its
   * fault switches.
   */
  public static final String RUNNING_FILE = "running.properties";

  private static final Logger LOG = System.getLogger(Lab.class.getName());
  private static final int WORKERS = 4;
  private static final long CLOSE_SECONDS = 10;

  private final LabOptions options;
  private final LabSecrets secrets;
  private final LabCertificates certificates;
  private final List<LabCertificates.Member> members;
  private final SimulatedClock clock;
  private final SimulatedCluster cluster;
  private final SshKeys sshKeys;
  private final List<Machine> machines;
  private final FaultSwitches faults;
  private final ScheduledThreadPoolExecutor workers;
  private volatile Ports ports = new Ports.Closed();

  private sealed interface Ports {
    record Closed() implements Ports {}

    record Open(PvePort api, FaultPort faults, SshHosts ssh) implements Ports {}
  }

  /**
   * A lab that does not listen yet.
   *
   * @throws IOException where the data folder cannot be read or written
   */
  public Lab(LabOptions options) throws IOException {
    this.options = options;
    Inventory inventory = Homelab.ofSize(options.nodes(), options.guests());
    this.members =
        inventory.nodes().stream()
            .map(node -> new LabCertificates.Member(node.name(), node.address()))
            .toList();
    Path data = options.data();
    this.secrets = LabSecrets.keptIn(data);
    Instant now = options.clock().instant();
    this.certificates =
        data == null
            ? LabCertificates.fresh(members, now)
            : LabCertificates.keptIn(data.resolve("certificate.p12"), members, now);
    this.clock = new SimulatedClock(options.clock(), options.speed());
    this.cluster = new SimulatedCluster(inventory, clock, options.seed());
    this.faults = new FaultSwitches(cluster);
    // From within a node the tools of the command line need no token that anybody could revoke.
    PveApi within =
        new PveApi(cluster, secrets.tokens(), () -> false, certificates, options.release());
    this.machines = Machines.of(new World(cluster, within, secrets.operator(), options.release()));
    this.sshKeys =
        new SshKeys(
            data == null ? null : data.resolve("ssh"),
            machines.stream().map(Machine::name).toList());
    AtomicInteger count = new AtomicInteger();
    this.workers =
        new ScheduledThreadPoolExecutor(
            WORKERS, work -> new Thread(work, "lab-worker-" + count.incrementAndGet()));
    workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Opens both ports; nothing happens where they are open.
   *
   * @throws IOException where a port cannot be had
   */
  public synchronized void start() throws IOException {
    if (workers.isShutdown()) {
      throw new IllegalStateException("this lab is closed; make another one");
    }
    if (ports instanceof Ports.Open) {
      return;
    }
    PveApi api =
        new PveApi(
            cluster,
            secrets.tokens(),
            () -> faults.suffers(Fault.TokensRevoked.class),
            certificates,
            options.release());
    PvePort apiPort =
        new PvePort(options.port(), certificates, members, api, faults, workers, clock);
    FaultPort faultPort;
    try {
      faultPort =
          new FaultPort(options.faultPort(), new FaultApi(faults, secrets.faultToken()), workers);
    } catch (IOException unavailable) {
      apiPort.close();
      throw unavailable;
    }
    try {
      SshHosts ssh = new SshHosts(machines, options.sshPort(), sshKeys, cluster.troubles());
      ports = new Ports.Open(apiPort, faultPort, ssh);
    } catch (IOException unavailable) {
      apiPort.close();
      faultPort.close();
      throw unavailable;
    }
    tellWhereItRuns();
  }

  /** Closes the ports, cuts what is open, and ends every thread. */
  @Override
  public synchronized void close() {
    workers.shutdownNow();
    if (ports instanceof Ports.Open open) {
      open.api().close();
      open.faults().close();
      open.ssh().close();
      ports = new Ports.Closed();
      forgetWhereItRan();
    }
    try {
      workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The API's port. */
  public int port() {
    return open().api().number();
  }

  /** The API's address, as a connector's configuration takes it. */
  public String address() {
    return "https://127.0.0.1:" + port();
  }

  /** Where the fault switches listen. */
  public String faultAddress() {
    return "http://127.0.0.1:" + open().faults().number();
  }

  /** What proves to the fault switches that one may use them. */
  public String faultToken() {
    return secrets.faultToken();
  }

  /** The SHA-256 fingerprint of the certificate on 127.0.0.1, {@code AA:BB:…}. */
  public String fingerprint() {
    return fingerprint(members.get(0).node());
  }

  /** The fingerprints of all members, as a connector's configuration takes them. */
  public String fingerprints() {
    return members.stream()
        .map(member -> fingerprint(member.node()))
        .collect(Collectors.joining(","));
  }

  /** The SHA-256 fingerprint of a member's certificate. */
  public String fingerprint(String node) {
    return Fingerprints.of(certificates.of(node));
  }

  /** The address at which a member answers by itself, where the system lets it. */
  public String address(String node) {
    return members.stream()
        .filter(member -> member.node().equals(node))
        .findFirst()
        .map(member -> "https://" + member.address() + ":" + port())
        .orElseThrow(() -> new IllegalArgumentException("there is no node " + node));
  }

  /** The token of an operator, who may read and act. */
  public ApiToken operatorToken() {
    return secrets.operator();
  }

  /** The token of an auditor, who may only read. */
  public ApiToken auditorToken() {
    return secrets.auditor();
  }

  /** The token of somebody who may see guests and storages, and nothing else. */
  public ApiToken watcherToken() {
    return secrets.watcher();
  }

  /** The hosts that answer over SSH: every node, and the guests that people log in to. */
  public List<String> sshHosts() {
    return open().ssh().names();
  }

  /** The port of a host on 127.0.0.1 for SSH. */
  public int sshPort(String host) {
    return open().ssh().port(host);
  }

  /** The fingerprints of the nodes' host keys, as a connector's configuration takes them. */
  public String sshPins() {
    return members.stream()
        .map(member -> member.node() + " " + sshKeys.fingerprint(member.node()))
        .collect(Collectors.joining(","));
  }

  /** The keys of the hosts, and the one that they let in as root and as jarvis. */
  public SshKeys sshKeys() {
    return sshKeys;
  }

  /** The fault switches. */
  public FaultSwitches faults() {
    return faults;
  }

  /** The cluster behind the API, for whoever looks from inside. */
  public SimulatedCluster cluster() {
    return cluster;
  }

  private void tellWhereItRuns() throws IOException {
    Path data = options.data();
    if (data == null) {
      return;
    }
    // Plain lines rather than Properties.store, which would escape the colons of the addresses.
    String running =
        """
        address=%s
        fault.address=%s
        fault.token=%s
        """
            .formatted(address(), faultAddress(), faultToken());
    try (OutputStream out = PrivateFiles.create(data.resolve(RUNNING_FILE))) {
      out.write(running.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void forgetWhereItRan() {
    Path data = options.data();
    if (data == null) {
      return;
    }
    try {
      Files.deleteIfExists(data.resolve(RUNNING_FILE));
    } catch (IOException stays) {
      LOG.log(Level.DEBUG, "{0} stays in {1}, the next start overwrites it", RUNNING_FILE, data);
    }
  }

  private Ports.Open open() {
    if (ports instanceof Ports.Open open) {
      return open;
    }
    throw new IllegalStateException("this lab does not listen; call start() first");
  }
}
