package org.jarvis.lab.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Edits configurations and grows disks. */
public final class SettingWork {

  private static final Pattern SIZE = Pattern.compile("(\\+?)(\\d+(?:\\.\\d+)?)([KMGT]?)");
  private static final String UNITS = "KMGT";
  private static final String EDITED =
      "detected modified configuration - file changed by other user? Try again.";

  private final SimulatedCluster cluster;
  private final Checks checks;

  SettingWork(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.checks = new Checks(cluster);
  }

  /**
   * Edits a guest's configuration, at once.
   *
   * @param asExpected whether the guest is configured as the caller thinks
   */
  public void edit(
      GuestAddress address,
      Map<String, String> set,
      Set<String> removed,
      Predicate<Guest> asExpected)
      throws Refusal {
    cluster.deciding(
        () -> {
          Guest guest = checks.existing(address);
          unchanged(guest, asExpected);
          Checks.unlocked(guest);
          checks.writable(address);
          cluster.change(address, found -> Settings.edited(found, set, removed));
          return address;
        });
  }

  private static void unchanged(Guest guest, Predicate<Guest> asExpected) throws Refusal {
    if (!asExpected.test(guest)) {
      throw new Refusal(EDITED);
    }
  }

  /**
   * Makes a disk larger.
   *
   * @param size as the caller says, absolute or with a plus sign
   * @param asExpected whether the guest is configured as the caller thinks
   */
  public Upid grow(
      GuestAddress address, String disk, String size, Predicate<Guest> asExpected, TaskOwner owner)
      throws Refusal {
    return cluster.deciding(
        () -> {
          if (address.kind() == GuestKind.LXC) {
            // The handler for containers looks before it makes a task.
            Guest guest = checks.existing(address);
            Checks.unlocked(guest);
            unchanged(guest, asExpected);
          }
          return cluster.begin(
              address, "resize", owner, () -> growing(address, disk, size, asExpected));
        });
  }

  private Plan growing(GuestAddress address, String disk, String size, Predicate<Guest> asExpected)
      throws TaskFailure {
    Guest guest = checks.atWork(address);
    if (!asExpected.test(guest)) {
      throw new TaskFailure(EDITED);
    }
    Checks.unlockedAtWork(guest);
    String only = address.kind() == GuestKind.QEMU ? "scsi0" : "rootfs";
    if (!disk.equals(only)) {
      throw new TaskFailure("disk '" + disk + "' does not exist");
    }
    checks.writableAtWork(address);
    long wanted = wanted(size, guest.spec().disk());
    if (wanted < guest.spec().disk()) {
      throw new TaskFailure(
          address.kind() == GuestKind.QEMU
              ? "shrinking disks is not supported"
              : "unable to shrink disk size");
    }
    return Plan.of()
        .log(
            ofMillis(800),
            "  Size of logical volume pve/vm-%d-disk-0 changed.".formatted(address.vmid()))
        .effect(
            ofSeconds(1),
            () -> {
              cluster.change(
                  address,
                  found ->
                      found.respecified(found.spec().withDisk(wanted, found.spec().storage())));
              cluster.troubles().end(Troubles.Kind.GUEST_DISK_FULL, String.valueOf(address.vmid()));
            })
        .ends(ofMillis(1200), "OK");
  }

  private static long wanted(String size, long now) throws TaskFailure {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      throw new TaskFailure("internal error");
    }
    int power = matcher.group(3).isEmpty() ? 0 : UNITS.indexOf(matcher.group(3)) + 1;
    long amount = (long) (Double.parseDouble(matcher.group(2)) * Math.pow(1024, power));
    return matcher.group(1).isEmpty() ? amount : now + amount;
  }
}
