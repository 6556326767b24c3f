package org.jarvis.lab;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Objects;
import org.jarvis.lab.pve.Release;
import org.jarvis.lab.sim.Homelab;
import org.jspecify.annotations.Nullable;

/**
 * How a lab is to be.
 *
 * @param nodes 1 to 100
 * @param guests 0 to 20,000; the first dozen are always the same household
 * @param speed how many times as fast as real its clock runs, and with it tasks, figures and the
 *     dates that it tells
 * @param seed two labs of the same seed and clock tell the same figures
 * @param clock the real time and the zone of the household's days
 * @param port of the API, 0 for a free one
 * @param faultPort of the fault switches, 0 for a free one
 * @param sshPort of the first node for SSH, the other hosts take the next ones; 0 for free ones
 * @param release which version of Proxmox VE it claims to be
 * @param data the folder that keeps certificate and secrets, or null to make new ones and keep
 *     nothing
 */
public record LabOptions(
    int nodes,
    int guests,
    double speed,
    long seed,
    Clock clock,
    int port,
    int faultPort,
    int sshPort,
    Release release,
    @Nullable Path data) {

  /** The most nodes. */
  public static final int MOST_NODES = 100;

  /** The most guests. */
  public static final int MOST_GUESTS = 20_000;

  private static final double MOST_SPEED = 1000;

  /** Checks every range. */
  public LabOptions {
    Objects.requireNonNull(clock);
    Objects.requireNonNull(release);
    inRange("nodes", nodes, 1, MOST_NODES);
    inRange("guests", guests, 0, MOST_GUESTS);
    inRange("port", port, 0, 65_535);
    inRange("fault port", faultPort, 0, 65_535);
    inRange("SSH port", sshPort, 0, 65_535 - MOST_NODES);
    if (!(speed > 0 && speed <= MOST_SPEED)) {
      throw new IllegalArgumentException(
          "speed is " + speed + ", it must be above 0 and at most " + MOST_SPEED);
    }
  }

  private static void inRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", it must be " + least + " to " + most);
    }
  }

  /** Four nodes, a dozen guests, real speed, free ports, nothing kept. */
  public static LabOptions defaults() {
    return new LabOptions(
        Homelab.DEFAULT_NODES,
        Homelab.DEFAULT_GUESTS,
        1,
        1,
        Clock.system(ZoneId.systemDefault()),
        0,
        0,
        0,
        Release.NINE,
        null);
  }

  /** Another size. */
  public LabOptions sized(int newNodes, int newGuests) {
    return new LabOptions(
        newNodes, newGuests, speed, seed, clock, port, faultPort, sshPort, release, data);
  }

  /** Another speed. */
  public LabOptions at(double newSpeed) {
    return new LabOptions(
        nodes, guests, newSpeed, seed, clock, port, faultPort, sshPort, release, data);
  }

  /** Another clock. */
  public LabOptions by(Clock newClock) {
    return new LabOptions(
        nodes, guests, speed, seed, newClock, port, faultPort, sshPort, release, data);
  }

  /** Another seed. */
  public LabOptions seeded(long newSeed) {
    return new LabOptions(
        nodes, guests, speed, newSeed, clock, port, faultPort, sshPort, release, data);
  }

  /** Other ports. */
  public LabOptions on(int newPort, int newFaultPort) {
    return new LabOptions(
        nodes, guests, speed, seed, clock, newPort, newFaultPort, sshPort, release, data);
  }

  /** Another port for SSH. */
  public LabOptions withSshFrom(int newSshPort) {
    return new LabOptions(
        nodes, guests, speed, seed, clock, port, faultPort, newSshPort, release, data);
  }

  /** Certificate and secrets kept in this folder. */
  public LabOptions keptIn(Path newData) {
    return new LabOptions(
        nodes, guests, speed, seed, clock, port, faultPort, sshPort, release, newData);
  }

  /** Another version of Proxmox VE. */
  public LabOptions claiming(Release newRelease) {
    return new LabOptions(
        nodes, guests, speed, seed, clock, port, faultPort, sshPort, newRelease, data);
  }
}
