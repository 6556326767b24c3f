package org.jarvis.lab.pve;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestFigures;
import org.jarvis.lab.sim.NodeService;
import org.jarvis.lab.sim.NodeSpec;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.Troubles;

/** Services, updates, certificates, network and settings of a node. */
final class NodeDetailEndpoints {

  private static final String[] SERVICES = {
    "chrony",
    "corosync",
    "cron",
    "ksmtuned",
    "lxcfs",
    "postfix",
    "proxmox-firewall",
    "pve-cluster",
    "pve-firewall",
    "pve-ha-crm",
    "pve-ha-lrm",
    "pve-lxc-syscalld",
    "pvedaemon",
    "pvefw-logger",
    "pveproxy",
    "pvescheduler",
    "pvestatd",
    "qmeventd",
    "spiceproxy",
    "sshd",
    "syslog",
    "systemd-journald",
    "systemd-timesyncd"
  };

  private record Update(
      String name, String old, String version, String section, String priority, String title) {

    /** Who made it: Proxmox's own packages have a section of their own. */
    String origin() {
      return title.startsWith("Proxmox") || name.startsWith("pve") || name.startsWith("proxmox")
          ? "Proxmox"
          : "Debian";
    }
  }

  private static final Duration EXPIRES_IN = Duration.ofDays(9);
  private static final Duration VALID_FOR = Duration.ofDays(730);

  /** What waits only where a fault has it. */
  private static final List<Update> SECURITY =
      List.of(
          new Update(
              "libssl3t64",
              "3.5.4-1~deb13u1",
              "3.5.4-1~deb13u2",
              "libs",
              "optional",
              "Secure Sockets Layer toolkit - shared libraries"),
          new Update(
              "openssh-server",
              "1:10.0p1-7",
              "1:10.0p1-7+deb13u1",
              "net",
              "optional",
              "secure shell (SSH) server, for secure access from remote machines"),
          new Update(
              "libcurl4t64",
              "8.14.1-2",
              "8.14.1-2+deb13u2",
              "libs",
              "optional",
              "easy-to-use client-side URL transfer library (OpenSSL flavour)"));

  private static final List<Update> UPDATES =
      List.of(
          new Update(
              "pve-manager",
              "9.2.11",
              "9.2.12",
              "admin",
              "optional",
              "Proxmox Virtual Environment Management Tools"),
          new Update(
              "proxmox-kernel-6.17",
              "6.17.4-1",
              "6.17.9-1",
              "kernel",
              "optional",
              "Latest Proxmox Kernel Image"),
          new Update("qemu-server", "9.1.2", "9.1.4", "admin", "optional", "Qemu Server Tools"),
          new Update(
              "dpkg",
              "1.22.21",
              "1.22.22",
              "admin",
              "required",
              "Debian package management system"),
          new Update(
              "tzdata",
              "2025b-4",
              "2026a-1",
              "localization",
              "required",
              "time zone and daylight-saving time data"));

  private final SimulatedCluster cluster;
  private final MemberCertificates certificates;

  NodeDetailEndpoints(SimulatedCluster cluster, MemberCertificates certificates) {
    this.cluster = cluster;
    this.certificates = certificates;
  }

  List<Endpoint> all() {
    String on = "/nodes/{node}";
    return List.of(
        Endpoint.get(
                "/nodes/{node}/services",
                (arguments, caller) ->
                    cluster.services(arguments.required("node")).stream()
                        .map(NodeDetailEndpoints::service)
                        .toList())
            .byWorker()
            .needs("Sys.Audit", on),
        Endpoint.get(
                "/nodes/{node}/services/{service}/state", (arguments, caller) -> service(arguments))
            .takes(Parameter.oneOf("service", true, SERVICES))
            .byWorker()
            .needs("Sys.Audit", on),
        Endpoint.get("/nodes/{node}/apt/update", (arguments, caller) -> updates(arguments))
            .byWorker()
            .needs("Sys.Modify", on),
        Endpoint.get(
            "/nodes/{node}/certificates/info", (arguments, caller) -> certificates(arguments)),
        Endpoint.get("/nodes/{node}/netstat", (arguments, caller) -> traffic(arguments))
            .needs("Sys.Audit", on),
        Endpoint.get("/nodes/{node}/config", (arguments, caller) -> config(arguments))
            .takes(
                Parameter.oneOf(
                    "property",
                    false,
                    "acme",
                    "acmedomain0",
                    "acmedomain1",
                    "acmedomain2",
                    "acmedomain3",
                    "acmedomain4",
                    "acmedomain5",
                    "ballooning-target",
                    "description",
                    "location",
                    "startall-onboot-delay",
                    "wakeonlan"))
            .needs("Sys.Audit", "/"),
        Endpoint.get("/nodes/{node}/time", (arguments, caller) -> time(arguments))
            .needs("Sys.Audit", on),
        Endpoint.get(
                "/nodes/{node}/dns",
                (arguments, caller) ->
                    new Row().put("search", "lan").put("dns1", "192.168.20.200").fields())
            .needs("Sys.Audit", on),
        Endpoint.get("/nodes/{node}/network", (arguments, caller) -> network(arguments))
            .takes(
                Parameter.oneOf(
                    "type",
                    false,
                    "bridge",
                    "bond",
                    "eth",
                    "alias",
                    "vlan",
                    "fabric",
                    "OVSBridge",
                    "OVSBond",
                    "OVSPort",
                    "OVSIntPort",
                    "vnet",
                    "any_bridge",
                    "any_local_bridge",
                    "include_sdn")));
  }

  private static Map<String, Object> service(NodeService service) {
    return new Row()
        .put("service", service.id())
        .put("name", service.unit())
        .put("desc", service.description())
        .put("state", service.subState())
        .put("active-state", service.activeState())
        .put("unit-state", service.unitState())
        .fields();
  }

  private Map<String, Object> service(Arguments arguments) {
    String wanted = arguments.required("service");
    return cluster.services(arguments.required("node")).stream()
        .filter(service -> service.id().equals(wanted))
        .findFirst()
        .map(NodeDetailEndpoints::service)
        .orElseThrow(() -> new IllegalStateException("service " + wanted + " is in the schema"));
  }

  /** Some nodes were updated later than others. */
  private List<Map<String, Object>> updates(Arguments arguments) {
    String node = arguments.required("node");
    List<Map<String, Object>> rows = new ArrayList<>();
    if (cluster.troubles().on(Troubles.Kind.SECURITY_UPDATES, node)) {
      SECURITY.forEach(update -> rows.add(row(update)));
    }
    for (Update update : UPDATES) {
      if (cluster.figures().constant(node + update.name()) < 0.7) {
        rows.add(row(update));
      }
    }
    return rows;
  }

  private static Map<String, Object> row(Update update) {
    return new Row()
        .put("Package", update.name())
        .put("Title", update.title())
        .put("Description", update.title())
        .put("OldVersion", update.old())
        .put("Version", update.version())
        .put("Origin", update.origin())
        .put("Arch", update.name().equals("tzdata") ? "all" : "amd64")
        .put("Section", update.section())
        .put("Priority", update.priority())
        .fields();
  }

  private List<Map<String, Object>> certificates(Arguments arguments) throws PveError {
    String node = arguments.required("node");
    return List.of(
        certificate("pve-root-ca.pem", certificates.authority()),
        renewed(node, certificate("pve-ssl.pem", certificates.of(node))));
  }

  /** Until when it is valid is told as the fault, or the renewal, would have it. */
  private Map<String, Object> renewed(String node, Map<String, Object> told) {
    Optional<Instant> certified = cluster.works().nodes().certifiedAt(node);
    Optional<Instant> expires =
        cluster
            .troubles()
            .since(Troubles.Kind.CERTIFICATE_EXPIRING, node)
            .map(since -> since.plus(EXPIRES_IN))
            .or(() -> certified.map(at -> at.plus(VALID_FOR)));
    if (expires.isEmpty()) {
      return told;
    }
    Map<String, Object> changed = new LinkedHashMap<>(told);
    changed.put("notafter", expires.get().getEpochSecond());
    return changed;
  }

  private static Map<String, Object> certificate(String file, X509Certificate certificate)
      throws PveError {
    try {
      byte[] encoded = certificate.getEncoded();
      Row row =
          new Row()
              .put("filename", file)
              .put("fingerprint", Fingerprints.of(encoded))
              .put("subject", slashed(certificate.getSubjectX500Principal().getName()))
              .put("issuer", slashed(certificate.getIssuerX500Principal().getName()))
              .put("notbefore", certificate.getNotBefore().toInstant().getEpochSecond())
              .put("notafter", certificate.getNotAfter().toInstant().getEpochSecond())
              .put("san", names(certificate));
      if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
        row.put("public-key-type", "rsaEncryption")
            .put("public-key-bits", rsa.getModulus().bitLength());
      } else if (certificate.getPublicKey() instanceof ECPublicKey ec) {
        row.put("public-key-type", "id-ecPublicKey")
            .put("public-key-bits", ec.getParams().getCurve().getField().getFieldSize());
      }
      return row.put("pem", pem(encoded)).fields();
    } catch (GeneralSecurityException unreadable) {
      throw PveError.internal("unable to parse certificate " + file);
    }
  }

  private static String pem(byte[] encoded) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(encoded);
    return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
  }

  /** OpenSSL's old form, {@code /OU=…/O=…/CN=…}. */
  private static String slashed(String name) {
    try {
      List<Rdn> parts = new ArrayList<>(new LdapName(name).getRdns());
      StringBuilder text = new StringBuilder();
      for (Rdn part : parts) {
        text.append('/').append(part.getType()).append('=').append(part.getValue());
      }
      return text.toString();
    } catch (InvalidNameException impossible) {
      throw new IllegalStateException("a certificate's own name is malformed", impossible);
    }
  }

  private static List<String> names(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    List<String> names = new ArrayList<>();
    for (List<?> alternative :
        alternatives == null ? Collections.<List<?>>emptyList() : alternatives) {
      names.add(String.valueOf(alternative.get(1)));
    }
    return names;
  }

  /** Counters of the running guests' network devices, which are strings here. */
  private List<Map<String, Object>> traffic(Arguments arguments) {
    Instant now = cluster.snapshot().moment();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Guest guest : cluster.snapshot().guestsOn(arguments.required("node"))) {
      if (guest.running()) {
        GuestFigures figures = cluster.figures().guest(guest, now);
        rows.add(
            new Row()
                .put("vmid", String.valueOf(guest.vmid()))
                .put("dev", "net0")
                .put("in", String.valueOf(figures.netIn()))
                .put("out", String.valueOf(figures.netOut()))
                .fields());
      }
    }
    return rows;
  }

  private Map<String, Object> config(Arguments arguments) throws PveError {
    NodeSpec node = NodeEndpoints.existing(cluster.snapshot(), arguments.required("node")).spec();
    if (node.id() != 1) {
      return Map.of();
    }
    Row row = new Row();
    String wanted = arguments.text("property").orElse("description");
    row.putIf(wanted.equals("description"), "description", "Mini PC in the office rack\n");
    return row.put("digest", GuestConfigs.digest(row.fields().toString())).fields();
  }

  private Map<String, Object> time(Arguments arguments) {
    Instant now = cluster.snapshot().moment().plus(cluster.skew(arguments.required("node")));
    ZoneId zone = cluster.zone();
    return new Row()
        .put("time", now.getEpochSecond())
        .put("localtime", now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds())
        .put("timezone", zone.getId())
        .fields();
  }

  private List<Map<String, Object>> network(Arguments arguments) throws PveError {
    NodeSpec node = NodeEndpoints.existing(cluster.snapshot(), arguments.required("node")).spec();
    String type = arguments.text("type").orElse("");
    String device = node.cpuModel().startsWith("AMD") ? "enp2s0f0" : "eno1";
    String address = "192.168.20." + (10 + node.id() % 200);
    List<Map<String, Object>> rows = new ArrayList<>();
    if (type.isEmpty() || type.equals("eth")) {
      rows.add(
          new Row()
              .put("iface", device)
              .put("type", "eth")
              .put("active", 1)
              .put("exists", 1)
              .put("method", "manual")
              .put("method6", "manual")
              .put("families", List.of("inet"))
              .put("priority", 3)
              .fields());
    }
    if (type.isEmpty() || type.endsWith("bridge")) {
      rows.add(
          new Row()
              .put("iface", "vmbr0")
              .put("type", "bridge")
              .put("active", 1)
              .put("autostart", 1)
              .put("method", "static")
              .put("method6", "manual")
              .put("families", List.of("inet"))
              .put("address", address)
              .put("netmask", "24")
              .put("cidr", address + "/24")
              .put("gateway", "192.168.20.1")
              .put("bridge_ports", device)
              .put("bridge_stp", "off")
              .put("bridge_fd", "0")
              .put("priority", 4)
              .fields());
    }
    return rows;
  }
}
