package org.jarvis.persistence.sqlite;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * What a backup holds, as a text of its own beside the files.
 *
 * <p>Every name has one of few forms that stay inside the folder that a backup is unpacked to; a
 * manifest with any other is none.
 *
 * @param version the version of the Jarvis that made it
 * @param made when
 * @param schemas the numbers of the databases' schemas
 * @param entries the files, in order
 */
record BackupManifest(String version, Instant made, List<Schema> schemas, List<Entry> entries) {
  /** Its name in the backup. */
  static final String NAME = "manifest.txt";

  static final int LARGEST_TEXT = 4 * 1024 * 1024;

  private static final int FORMAT = 1;
  private static final String TITLE = "Jarvis backup";
  private static final int MOST_ENTRIES = 10_000;
  private static final Pattern FORMAT_LINE = Pattern.compile("format: ([0-9]{1,9})");
  private static final Pattern VERSION_LINE = Pattern.compile("version: (\\S{1,100})");
  private static final Pattern MADE_LINE = Pattern.compile("made: (\\S{1,40})");
  private static final Pattern SCHEMA_LINE = Pattern.compile("schema: ([0-9]{1,9}) (\\S{1,40})");
  private static final Pattern ENTRY_LINE =
      Pattern.compile("entry: ([0-9a-f]{64}) ([0-9]{1,18}) (.+)");
  private static final Pattern CONFIGURATION = Pattern.compile("etc/org\\.jarvis\\.[^/]+\\.cfg");
  private static final Pattern IN_A_FOLDER = Pattern.compile("(tls|deploy)/.+");
  private static final int LONGEST_NAME = 1000;

  BackupManifest {
    schemas = List.copyOf(schemas);
    entries = List.copyOf(entries);
  }

  /** The number of a database's schema. */
  record Schema(String fileName, long number) {}

  /** A file. */
  record Entry(String name, long size, String sha256) {}

  /** Whether a backup may hold a file of this name. */
  static boolean accepts(String name) {
    boolean known =
        name.equals(DatabaseKind.JARVIS.fileName())
            || name.equals(DatabaseKind.METRICS.fileName())
            || CONFIGURATION.matcher(name).matches()
            || IN_A_FOLDER.matcher(name).matches();
    return known
        && name.length() <= LONGEST_NAME
        && WellFormedText.isWellFormed(name)
        && name.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c))
        && List.of(name.split("/", -1)).stream()
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(TITLE);
    lines.add("format: " + FORMAT);
    lines.add("version: " + version);
    lines.add("made: " + made);
    schemas.forEach(schema -> lines.add("schema: " + schema.number() + " " + schema.fileName()));
    entries.forEach(
        entry -> lines.add("entry: " + entry.sha256() + " " + entry.size() + " " + entry.name()));
    return String.join("\n", lines) + "\n";
  }

  /** Reads one that somebody hands in. */
  static BackupManifest parse(String text) {
    List<String> lines = List.of(text.split("\n"));
    if (lines.size() < 4 || !lines.get(0).equals(TITLE)) {
      throw unreadable("its manifest does not begin as one");
    }
    int format = Integer.parseInt(field(FORMAT_LINE, lines.get(1)).group(1));
    if (format > FORMAT) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "The backup was made by a newer Jarvis (its format is %d, this Jarvis knows %d at most). Restore it with that newer Jarvis."
              .formatted(format, FORMAT));
    }
    String version = field(VERSION_LINE, lines.get(2)).group(1);
    Instant made = instant(field(MADE_LINE, lines.get(3)).group(1));
    List<Schema> schemas = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (String line : lines.subList(4, lines.size())) {
      if (line.startsWith("schema: ")) {
        Matcher found = field(SCHEMA_LINE, line);
        schemas.add(new Schema(found.group(2), Long.parseLong(found.group(1))));
      } else {
        Matcher found = field(ENTRY_LINE, line);
        entries.add(new Entry(found.group(3), Long.parseLong(found.group(2)), found.group(1)));
      }
    }
    requireSound(entries);
    return new BackupManifest(version, made, schemas, entries);
  }

  private static void requireSound(List<Entry> entries) {
    if (entries.size() > MOST_ENTRIES) {
      throw unreadable("it has more than %d files".formatted(MOST_ENTRIES));
    }
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      if (!accepts(entry.name()) || !names.add(entry.name())) {
        throw unreadable("it names a file that no backup has");
      }
    }
    if (!names.contains(DatabaseKind.JARVIS.fileName())) {
      throw unreadable("there is no %s in it".formatted(DatabaseKind.JARVIS.fileName()));
    }
  }

  private static Matcher field(Pattern form, String line) {
    Matcher matcher = form.matcher(line);
    if (!matcher.matches()) {
      throw unreadable("its manifest has a line that makes no sense");
    }
    return matcher;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw unreadable("its manifest has a line that makes no sense");
    }
  }

  /** The refusal of a file that is no backup, or is one no more. */
  static JarvisException unreadable(String why) {
    return new JarvisException(
        ErrorCode.INVALID_INPUT,
        "This is no backup that can be restored: %s. Nothing was changed.".formatted(why));
  }
}
