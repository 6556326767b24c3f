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
  private static final int GUEST_DIGITS = 3;
  private static final int GUEST_DIGITS_LIMIT = 9;

  private Identifiers() {}

  static @Nullable NodeName node(@Nullable String text) {
    try {
      return text == null ? null : new NodeName(text);
    } catch (IllegalArgumentException invalid) {
      return null;
    }
  }

  static @Nullable GuestId guest(@Nullable String text) {
    return text != null && isGuestNumber(text) ? new GuestId(Integer.parseInt(text)) : null;
  }

  /** Without a pattern, as a large cluster has thousands in every reply. */
  private static boolean isGuestNumber(String text) {
    if (text.length() < GUEST_DIGITS
        || text.length() > GUEST_DIGITS_LIMIT
        || text.charAt(0) == '0') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
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
