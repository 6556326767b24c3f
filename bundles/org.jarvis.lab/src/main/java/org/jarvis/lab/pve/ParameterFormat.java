package org.jarvis.lab.pve;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats that the real schema knows by name, with what it says of a value that has none. */
enum ParameterFormat {
  /** {@code pve-configid}. */
  CONFIG_ID("[A-Za-z][A-Za-z0-9_-]+", false, "invalid configuration ID '%s'", 40),
  /** A list of them. */
  CONFIG_IDS("[A-Za-z][A-Za-z0-9_-]+", true, "invalid configuration ID '%s'", 4096),
  /** {@code dns-name}. */
  HOST_NAME(
      "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*",
      false,
      "value does not look like a valid DNS name",
      255),
  /** {@code pve-node}. */
  NODE(
      "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?",
      false,
      "value does not look like a valid node name",
      255),
  /** {@code pve-storage-id}. */
  STORAGE(
      "[A-Za-z][A-Za-z0-9._-]*[A-Za-z0-9]",
      false,
      "storage ID '%s' contains illegal characters",
      255),
  /** A list of {@code pve-tag}. */
  TAGS("[A-Za-z0-9_][A-Za-z0-9_+.-]*", true, "invalid characters in tag", 4096),
  /** A list of guests' numbers. */
  GUEST_NUMBERS("[1-9][0-9]{2,8}", true, "value does not look like a valid VM ID", 4096),
  /** The memory of a virtual machine. */
  MEMORY(
      "(?:current=)?[0-9]+",
      false,
      "format error\nmemory.current: type check ('integer') failed - got '%s'",
      255),
  /** The size that a disk should have, or by how much it should grow. */
  SIZE("\\+?\\d+(?:\\.\\d+)?[KMGT]?", false, "", 255);

  private final Pattern pattern;
  private final boolean list;
  private final String complaint;
  private final int longest;

  ParameterFormat(String pattern, boolean list, String complaint, int longest) {
    this.pattern = Pattern.compile(pattern);
    this.list = list;
    this.complaint = complaint;
    this.longest = longest;
  }

  /** What is wrong with a value, if anything. */
  Optional<String> complaint(String value) {
    if (value.length() > longest) {
      return Optional.of("value may only be " + longest + " characters long");
    }
    List<String> parts = list ? List.of(value.split("[,;\\s]+", -1)) : List.of(value);
    for (String part : parts) {
      boolean nothing = part.isEmpty();
      if (nothing ? !list : !pattern.matcher(part).matches()) {
        return Optional.of(
            complaint.isEmpty()
                ? "value does not match the regex pattern"
                : "invalid format - " + complaint.replace("%s", part) + "\n");
      }
    }
    return Optional.empty();
  }
}
