package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Jarvis and a lab in processes of their own, with a line between them that can be held, and the
 * lab's own word for what was done to it. The lab outlives any end of Jarvis.
 */
final class GateScene implements AutoCloseable {
  private final Path folder;
  private final RunningLab lab;
  private final HeldLine line;
  private final LabApi api;
  private final LabFaults faults;
  private RunningJarvis jarvis;
  private JarvisClient person;

  private GateScene(Path folder, RunningLab lab, HeldLine line) throws IOException {
    this.folder = folder;
    this.lab = lab;
    this.line = line;
    this.api = new LabApi(lab.line("addresses"), lab.line("token"));
    this.faults = LabFaults.of(folder.resolve("lab"));
  }

  /** Starts both, the lab as many times as fast as real, with a person signed in. */
  static GateScene open(Path folder, int speed) throws IOException {
    RunningLab lab =
        RunningLab.startWith(
            folder.resolve("lab"), Ports.forLab(), "--speed", Integer.toString(speed));
    boolean opened = false;
    try {
      HeldLine line = HeldLine.to(URI.create(lab.line("addresses")).getPort());
      GateScene scene = new GateScene(folder, lab, line);
      scene.start(true);
      opened = true;
      return scene;
    } finally {
      if (!opened) {
        lab.kill();
      }
    }
  }

  private void start(boolean first) throws IOException {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(
        etc.resolve("org.jarvis.connector.proxmox-home.cfg"),
        lab.configuration().replaceAll("(?m)^addresses=.*", "addresses=" + line.address())
            + "runs.outside=true\n",
        UTF_8);
    jarvis = RunningJarvis.run(folder.resolve("data"), "--etc", etc.toString());
    person = first ? JarvisClient.firstPerson(jarvis) : JarvisClient.person(jarvis.url());
    person.await(
        "/api/clusters",
        clusters -> clusters.path("items").path(0).path("connection").asText().equals("live"));
  }

  /** Ends Jarvis as a power cut would; the lab goes on. */
  void kill() throws IOException {
    jarvis.kill();
    jarvis.close();
  }

  /** Starts Jarvis again on what it left. */
  void restart() throws IOException {
    start(false);
  }

  RunningJarvis jarvis() {
    return jarvis;
  }

  /** The first person, signed in to the Jarvis that runs now. */
  JarvisClient person() {
    return person;
  }

  HeldLine line() {
    return line;
  }

  LabApi lab() {
    return api;
  }

  LabFaults faults() {
    return faults;
  }

  /** The tasks of this type that a guest had on a node, as the lab tells. */
  int tasks(String node, int vmid, String type) throws IOException {
    return taskList(node, vmid, type).size();
  }

  /** The lab's list of them. */
  JsonNode taskList(String node, int vmid, String type) throws IOException {
    return api.get(
        "/nodes/%s/tasks?vmid=%d&typefilter=%s&source=all&limit=1000".formatted(node, vmid, type));
  }

  /** The state of a container, as the lab tells. */
  String container(String node, int vmid) throws IOException {
    return api.get("/nodes/%s/lxc/%d/status/current".formatted(node, vmid)).path("status").asText();
  }

  /** All that Jarvis can have done in the lab. */
  String marks() throws IOException {
    return api.marks();
  }

  static ObjectNode guest(String node, int vmid) {
    return object().put("node", node).put("vmid", vmid);
  }

  @Override
  public void close() throws IOException {
    try (line;
        RunningJarvis ending = jarvis) {
      line.release();
    } finally {
      lab.kill();
    }
  }
}
