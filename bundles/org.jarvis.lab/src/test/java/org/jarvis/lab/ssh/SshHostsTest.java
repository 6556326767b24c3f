package org.jarvis.lab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.jarvis.lab.Lab;
import org.jarvis.lab.LabOptions;
import org.jarvis.lab.fault.Fault;
import org.jarvis.lab.sim.Troubles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshHostsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Lab lab;

  @BeforeEach
  void setUp() throws IOException {
    lab = new Lab(LabOptions.defaults());
    lab.start();
  }

  @AfterEach
  void tearDown() {
    lab.close();
  }

  private void befalls(Troubles.Kind kind, String host) {
    lab.faults().on(trouble(kind, host));
  }

  private static Fault trouble(Troubles.Kind kind, String host) {
    return new Fault.Trouble(kind, host, Map.of("host", host));
  }

  @Test
  void nodesAndTheGuestThatRunsDockerAreHosts() throws IOException {
    assertThat(lab.sshHosts()).containsExactly("titan", "rhea", "mimas", "dione", "docker-host");
    for (String host : lab.sshHosts()) {
      try (SshVisitor visitor = new SshVisitor(lab, host)) {
        assertThat(visitor.run("hostname")).isEqualTo(new SshVisitor.Answer(0, host + "\n", ""));
      }
    }
  }

  @Test
  void nodeTellsItsTemperaturesAsLmSensorsDoes() throws IOException {
    try (SshVisitor visitor = new SshVisitor(lab, "titan")) {
      JsonNode chips = JSON.readTree(visitor.run("sensors -j").out());

      double degrees =
          chips.path("coretemp-isa-0000").path("Package id 0").path("temp1_input").asDouble();
      assertThat(degrees).isBetween(30.0, 90.0);
      assertThat(chips.path("nvme-pci-0100").path("Adapter").asText()).isEqualTo("PCI adapter");
      assertThat(visitor.run("LC_ALL=C.UTF-8 sensors").out())
          .containsPattern("Package id 0:  \\+\\d+\\.0°C  \\(high = \\+100\\.0°C, crit = ");
    }
  }

  @Test
  void hotNodeIsHotterAndNonsenseIsNonsense() throws IOException {
    try (SshVisitor visitor = new SshVisitor(lab, "rhea")) {
      double before = packageDegrees(visitor);
      befalls(Troubles.Kind.NODE_HOT, "rhea");
      assertThat(packageDegrees(visitor)).isGreaterThan(before + 20);
      befalls(Troubles.Kind.SENSORS_NONSENSE, "rhea");
      assertThat(visitor.run("sensors -j").out())
          .contains("_input\": 255.000", "_input\": -128.000", "_input\": \"N/A\"");
    }
  }

  private static double packageDegrees(SshVisitor visitor) throws IOException {
    return JSON.readTree(visitor.run("sensors -j").out())
        .path("coretemp-isa-0000")
        .path("Package id 0")
        .path("temp1_input")
        .asDouble();
  }

  @Test
  void withoutLmSensorsTheKernelStillTells() throws IOException {
    befalls(Troubles.Kind.SENSORS_MISSING, "mimas");
    try (SshVisitor visitor = new SshVisitor(lab, "mimas")) {
      assertThat(visitor.run("sensors -j"))
          .isEqualTo(new SshVisitor.Answer(127, "", "bash: sensors: command not found\n"));
      assertThat(visitor.run("grep -H . /sys/class/hwmon/hwmon*/temp1_input").out().lines())
          .allSatisfy(
              line -> assertThat(line).matches("/sys/class/hwmon/hwmon\\d/temp1_input:\\d{4,6}"));
      assertThat(visitor.run("find /sys/class/hwmon -name 'temp*_input'").out())
          .as("the class holds links, which find does not follow by itself")
          .isEmpty();
    }
  }

  @Test
  void commandOfCanonicalFormRuns() throws IOException {
    String line =
        "'/usr/bin/env' '-i' 'PATH=/usr/sbin:/usr/bin' 'LC_ALL=C.UTF-8' '/usr/bin/journalctl' '-u'"
            + " 'pveproxy' '--since' '2 hours ago' '--no-pager' | '/usr/bin/env' '-i'"
            + " '/usr/bin/grep' '-i' 'error'";
    try (SshVisitor visitor = new SshVisitor(lab, "titan")) {
      SshVisitor.Answer answer = visitor.run(line);

      assertThat(answer.status()).isZero();
      assertThat(answer.err()).isEmpty();
      assertThat(answer.out()).contains("titan pveproxy[", "error:0A000416");
    }
  }

  @Test
  void onlyTheLabsKeyLetsIn() throws Exception {
    KeyPair stranger = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);

    assertThatThrownBy(() -> new SshVisitor(lab, "titan", "root", stranger))
        .isInstanceOf(SshException.class);
    assertThatThrownBy(() -> new SshVisitor(lab, "titan", "admin", lab.sshKeys().client()))
        .isInstanceOf(SshException.class);
  }

  @Test
  void hostWithAnotherKeyIsNotTheOneThatIsKnown() throws IOException {
    befalls(Troubles.Kind.HOST_KEY_CHANGED, "titan");
    assertThatThrownBy(() -> new SshVisitor(lab, "titan")).isInstanceOf(SshException.class);
    lab.faults().allOff();
    new SshVisitor(lab, "titan").close();
  }

  @Test
  void refusedPortIsClosedAndOpensAgain() throws IOException {
    int port = lab.sshPort("docker-host");
    befalls(Troubles.Kind.SSH_REFUSED, "docker-host");
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
    lab.faults().allOff();
    new SshVisitor(lab, "docker-host").close();
  }

  @Test
  void silentHostTakesConnectionsAndSaysNothing() throws IOException {
    befalls(Troubles.Kind.SSH_SILENT, "rhea");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.sshPort("rhea"))) {
      socket.setSoTimeout(700);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
    lab.faults().allOff();
    new SshVisitor(lab, "rhea").close();
  }

  @Test
  void nodeThatIsDownIsSilent() throws IOException {
    lab.faults().on(new Fault.NodeOffline("dione"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lab.sshPort("dione"))) {
      socket.setSoTimeout(700);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void restartedServiceIsSeenThroughTheApiToo() throws IOException {
    lab.faults().on(new Fault.ServiceFailed("titan", "pvescheduler"));
    try (SshVisitor visitor = new SshVisitor(lab, "titan")) {
      assertThat(visitor.run("systemctl is-active pvescheduler"))
          .isEqualTo(new SshVisitor.Answer(3, "failed\n", ""));
      assertThat(visitor.run("systemctl --failed").out()).contains("pvescheduler.service");

      assertThat(visitor.run("systemctl restart pvescheduler").status()).isZero();

      assertThat(visitor.run("systemctl is-active pvescheduler").out()).isEqualTo("active\n");
      assertThat(visitor.run("journalctl -u pvescheduler -n 1 -o cat").out())
          .isEqualTo("Started pvescheduler.service - Proxmox VE scheduler.\n");
    }
    assertThat(lab.cluster().services("titan"))
        .filteredOn(service -> service.id().equals("pvescheduler"))
        .allSatisfy(service -> assertThat(service.running()).isTrue());
  }

  @Test
  void guestIsUnlockedAndContainerRestarted() throws IOException {
    lab.cluster().lockGuest(204, "backup");
    try (SshVisitor visitor = new SshVisitor(lab, "dione")) {
      assertThat(visitor.run("pct list").out()).containsPattern("204 +stopped +backup +paperless");
      assertThat(visitor.run("pct unlock 204").status()).isZero();
      assertThat(visitor.run("pct list").out()).doesNotContain("backup ");
    }
    try (SshVisitor visitor = new SshVisitor(lab, "docker-host")) {
      assertThat(visitor.run("docker restart mosquitto").out()).isEqualTo("mosquitto\n");
      String row = visitor.run("docker ps --filter name=mosquitto --format json").out();
      assertThat(JSON.readTree(row).path("Status").asText())
          .matches("Up (Less than a second|\\d+ seconds?)");
    }
  }

  @Test
  void shellKnowsListsStatusAndBothStreams() throws IOException {
    try (SshVisitor visitor = new SshVisitor(lab, "titan")) {
      assertThat(visitor.run("false || echo no; true && echo yes").out()).isEqualTo("no\nyes\n");
      assertThat(visitor.run("ls /nowhere 2>/dev/null; echo $?").out()).isEqualTo("2\n");
      assertThat(visitor.run("ls /nowhere 2>&1 | wc -l").out()).isEqualTo("1\n");
      assertThat(visitor.run("yes | head -n 3").out()).isEqualTo("y\ny\ny\n");
      assertThat(visitor.run("echo 'a b' \"c  d\" e\\ f").out()).isEqualTo("a b c  d e f\n");
      assertThat(visitor.run("echo 'open").status()).isEqualTo(2);
      assertThat(visitor.run("cat /var/log/flood | wc -c").out()).isEqualTo("104857600\n");
      assertThat(visitor.run("exit 7").status()).isEqualTo(7);
    }
  }

  @Test
  void commandsWithATerminalOpenTheShellOfAGuest() throws IOException {
    try (SshVisitor visitor = new SshVisitor(lab, "titan")) {
      assertThat(visitor.type("/usr/sbin/pct enter 200", "hostname\nexit\n"))
          .contains("root@pihole:~# ", "pihole\r\n");
      assertThat(visitor.run("/usr/sbin/pct enter 200").err()).contains("there is no terminal");
    }
  }

  @Test
  void keysSurviveARestart(@TempDir Path data) throws IOException {
    LabOptions options = LabOptions.defaults().keptIn(data);
    String fingerprint;
    try (Lab first = new Lab(options)) {
      fingerprint = first.sshKeys().fingerprint("mimas");
    }
    try (Lab second = new Lab(options)) {
      second.start();
      assertThat(second.sshKeys().fingerprint("mimas")).isEqualTo(fingerprint);
      try (SshVisitor visitor = new SshVisitor(second, "mimas")) {
        assertThat(visitor.run("zpool list -H -o name,health").out()).isEqualTo("rpool\tONLINE\n");
      }
    }
  }
}
