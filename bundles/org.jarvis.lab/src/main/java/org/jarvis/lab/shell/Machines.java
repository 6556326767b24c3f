package org.jarvis.lab.shell;

import java.util.ArrayList;
import java.util.List;

/** The machines of a lab that can be logged in to. */
public final class Machines {

  private Machines() {}

  /** Every node in the order of their ids, and then the guests that people log in to. */
  public static List<Machine> of(World world) {
    List<Machine> machines = new ArrayList<>();
    world.cluster().inventory().nodes().forEach(node -> machines.add(new NodeMachine(world, node)));
    world.cluster().guestHosts().forEach(guest -> machines.add(new GuestMachine(world, guest)));
    return machines;
  }
}
