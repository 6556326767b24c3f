package org.jarvis.connector.proxmox.reply;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/** Identifiers from replies: valid ones, or {@code null}. */
final class Identifiers {
  // As in PVE::Storage's parse_storage_id.
  private static final Pattern STORAGE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,99}");
  private static final Pattern GUEST = Pattern.compile("[1-9][0-9]{2,8}");

  private Identifiers() {}

  static @Nullable NodeName node(@Nullable String text) {
    try {
      return text == null ? null : new NodeName(text);
    } catch (IllegalArgumentException invalid) {
      return null;
    }
  }

  static @Nullable GuestId guest(@Nullable String text) {
    return text != null && GUEST.matcher(text).matches()
        ? new GuestId(Integer.parseInt(text))
        : null;
  }

  static @Nullable String storage(@Nullable String text) {
    return text != null && STORAGE.matcher(text).matches() ? text : null;
  }

  static @Nullable GuestType guestType(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "qemu" -> GuestType.QEMU;
      case "lxc" -> GuestType.LXC;
      default -> null;
    };
  }

  /** The n-th part of an id such as {@code qemu/101} or {@code storage/pve1/local}. */
  static @Nullable String part(@Nullable String id, int index) {
    if (id == null) {
      return null;
    }
    String[] parts = id.split("/", -1);
    return index < parts.length ? parts[index] : null;
  }
}
