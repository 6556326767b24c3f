package org.jarvis.api.resource.detail;

import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The disks of a node.
 *
 * @param disks by device
 */
public record NodeDisks(List<Disk> disks) implements Detail {

  /**
   * One disk.
   *
   * @param device such as {@code /dev/sda}
   * @param model its model
   * @param serial its serial number
   * @param type {@code ssd}, {@code hdd}, {@code nvme} or {@code usb}
   * @param size its size
   * @param usedFor what it is used for, such as {@code ZFS} or {@code LVM}
   * @param health what SMART says: {@code PASSED}, {@code OK}, {@code FAILED} or {@code UNKNOWN}
   * @param lifeLeft percent of its life left, of disks that wear
   * @param temperature in degrees Celsius
   * @param attributes what else SMART tells; empty while not read
   */
  public record Disk(
      String device,
      @Nullable String model,
      @Nullable String serial,
      @Nullable String type,
      @Nullable Bytes size,
      @Nullable String usedFor,
      @Nullable String health,
      @Nullable Integer lifeLeft,
      @Nullable Integer temperature,
      List<Attribute> attributes) {
    /** Keeps the collections from changing. */
    public Disk {
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * One attribute of SMART.
   *
   * @param name its name
   * @param value its raw value as text
   * @param failing whether it is below its threshold now
   */
  public record Attribute(String name, String value, boolean failing) {}

  /** Keeps the collections from changing. */
  public NodeDisks {
    disks = List.copyOf(disks);
  }

  @Override
  public Aspect aspect() {
    return Aspect.DISKS;
  }
}
