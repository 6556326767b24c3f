package org.jarvis.api.resource.detail;

import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a guest tells from the inside, by QEMU's agent or as a container.
 *
 * @param hostName what it calls itself
 * @param operatingSystem what it runs, such as {@code Debian GNU/Linux 12 (bookworm)}
 * @param kernel its kernel
 * @param interfaces its network interfaces
 * @param fileSystems its mounted file systems
 */
public record GuestAgent(
    @Nullable String hostName,
    @Nullable String operatingSystem,
    @Nullable String kernel,
    List<Interface> interfaces,
    List<FileSystem> fileSystems)
    implements Detail {

  /**
   * One network interface.
   *
   * @param name its name
   * @param mac its hardware address
   * @param addresses its addresses with prefix length
   */
  public record Interface(String name, @Nullable String mac, List<String> addresses) {
    /** Keeps the collections from changing. */
    public Interface {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * One file system.
   *
   * @param mount where it is mounted
   * @param type its type
   * @param used used space
   * @param total its size
   */
  public record FileSystem(
      String mount, @Nullable String type, @Nullable Bytes used, @Nullable Bytes total) {}

  /** Keeps the collections from changing. */
  public GuestAgent {
    interfaces = List.copyOf(interfaces);
    fileSystems = List.copyOf(fileSystems);
  }

  @Override
  public Aspect aspect() {
    return Aspect.AGENT;
  }
}
