package org.jarvis.detectors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Until when the releases of Proxmox VE get fixes, from the file {@code support.txt}. */
final class SupportTable {
  private static final Pattern LINE = Pattern.compile("([0-9]{1,3}) ([0-9]{4}-[0-9]{2}-[0-9]{2})");

  /** As nodes word it, {@code pve-manager/8.4.1/…}, or as clusters do, {@code 8.4.1}. */
  private static final Pattern VERSION = Pattern.compile("(?:pve-manager/)?([0-9]{1,3})\\.[0-9].*");

  private final Map<Integer, LocalDate> lastDays;

  private SupportTable(Map<Integer, LocalDate> lastDays) {
    this.lastDays = Map.copyOf(lastDays);
  }

  /** Reads the table that comes with the bundle. */
  static SupportTable read() {
    Map<Integer, LocalDate> lastDays = new HashMap<>();
    try (InputStream file = SupportTable.class.getResourceAsStream("support.txt")) {
      if (file == null) {
        throw new IllegalStateException("The bundle lacks its file support.txt.");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Matcher entry = LINE.matcher(line.strip());
        if (entry.matches()) {
          lastDays.put(Integer.parseInt(entry.group(1)), LocalDate.parse(entry.group(2)));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          throw new IllegalStateException("support.txt has a line that is none: " + line);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("support.txt cannot be read", unreadable);
    }
    return new SupportTable(lastDays);
  }

  /**
   * The last day of fixes for this version where that is past, empty where it is not or unknown.
   */
  Optional<LocalDate> endedBefore(Instant now, String version) {
    Matcher major = VERSION.matcher(version);
    if (!major.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(lastDays.get(Integer.parseInt(major.group(1))))
        .filter(day -> day.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC)));
  }
}
