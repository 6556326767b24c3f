package org.jarvis.lab.shell;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files that a machine shows, made up when somebody looks. For one program at a time. */
final class FileTree {

  private static final int MOST_LINKS = 16;

  /** What a path stands for. */
  sealed interface Entry {
    /** A file with its size in bytes, which is 0 for those of the kernel. */
    record File(long size, boolean forRootAlone, Supplier<InputStream> content) implements Entry {}

    /** A folder. */
    record Folder() implements Entry {}

    /** Another path. */
    record Link(String target) implements Entry {}

    /** A device. */
    record Device(boolean block) implements Entry {}
  }

  private final NavigableMap<String, Entry> entries = new TreeMap<>();

  FileTree() {
    entries.put("/", new Entry.Folder());
  }

  /** A file of this text. */
  FileTree file(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return put(path, new Entry.File(bytes.length, false, () -> new ByteArrayInputStream(bytes)));
  }

  /** A file that only root may read. */
  FileTree secret(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return put(path, new Entry.File(bytes.length, true, () -> new ByteArrayInputStream(bytes)));
  }

  /** A file whose text is made when it is read, as the kernel's are. */
  FileTree made(String path, Supplier<String> text) {
    return put(
        path,
        new Entry.File(
            0, false, () -> new ByteArrayInputStream(text.get().getBytes(StandardCharsets.UTF_8))));
  }

  FileTree link(String path, String target) {
    return put(path, new Entry.Link(target));
  }

  FileTree folder(String path) {
    return put(path, new Entry.Folder());
  }

  FileTree put(String path, Entry entry) {
    entries.put(path, entry);
    for (String above = parent(path); !entries.containsKey(above); above = parent(above)) {
      entries.put(above, new Entry.Folder());
    }
    return this;
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
  }

  /** An absolute path without dots. */
  static String absolute(String folder, String path) {
    List<String> parts = new ArrayList<>();
    for (String part : (path.startsWith("/") ? path : folder + "/" + path).split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  /** Where a path leads when all links are followed, or null where nowhere. */
  @Nullable String real(String path) {
    String rest = path;
    String done = "";
    for (int links = 0; links < MOST_LINKS; ) {
      if (rest.isEmpty() || rest.equals("/")) {
        return done.isEmpty() ? "/" : done;
      }
      int slash = rest.indexOf('/', 1);
      String next = done + (slash < 0 ? rest : rest.substring(0, slash));
      rest = slash < 0 ? "" : rest.substring(slash);
      Entry entry = entries.get(next);
      if (entry == null) {
        return null;
      }
      if (entry instanceof Entry.Link link) {
        links++;
        rest = absolute(done.isEmpty() ? "/" : done, link.target()) + rest;
        done = "";
      } else {
        done = next;
      }
    }
    return null;
  }

  /** What is at a path, with links followed. */
  @Nullable Entry at(String path) {
    String real = real(path);
    return real == null ? null : entries.get(real);
  }

  /** What is at a path itself, be it a link. */
  @Nullable Entry itself(String path) {
    if (path.equals("/")) {
      return entries.get("/");
    }
    String folder = real(parent(path));
    return folder == null
        ? null
        : entries.get(folder.equals("/") ? "/" + name(path) : folder + "/" + name(path));
  }

  /** The names in a folder, sorted; empty where it is none. */
  List<String> names(String path) {
    String real = real(path);
    List<String> names = new ArrayList<>();
    if (real == null) {
      return names;
    }
    String prefix = real.equals("/") ? "/" : real + "/";
    for (String key : entries.tailMap(prefix, false).keySet()) {
      if (!key.startsWith(prefix)) {
        break;
      }
      if (key.indexOf('/', prefix.length()) < 0) {
        names.add(key.substring(prefix.length()));
      }
    }
    return names;
  }

  /** The paths that a pattern stands for, sorted; it may be relative to a folder. */
  List<String> matching(String folder, String pattern) {
    boolean absolute = pattern.startsWith("/");
    List<String> found = new ArrayList<>(List.of(absolute ? "" : folder.equals("/") ? "" : folder));
    for (String part : pattern.split("/", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      Pattern compiled = Globs.compiled(part, false);
      List<String> deeper = new ArrayList<>();
      for (String above : found) {
        for (String name : names(above.isEmpty() ? "/" : above)) {
          boolean hidden = name.startsWith(".") && !part.startsWith(".");
          if (!hidden && compiled.matcher(name).matches()) {
            deeper.add(above + "/" + name);
          }
        }
      }
      found = deeper;
    }
    int cut = absolute ? 0 : folder.equals("/") ? 1 : folder.length() + 1;
    return found.stream().map(path -> path.substring(cut)).sorted().toList();
  }
}
