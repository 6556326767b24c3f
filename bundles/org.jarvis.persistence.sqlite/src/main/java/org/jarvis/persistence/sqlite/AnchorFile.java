package org.jarvis.persistence.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that heads of the audit log are appended to, one a line: when, the number of the newest
 * record, and its hash. It is only ever opened to append, so it may carry the append-only attribute
 * of its file system.
 */
final class AnchorFile {
  private static final Logger LOG = LoggerFactory.getLogger(AnchorFile.class);
  private static final Pattern LINE = Pattern.compile("(\\S+) ([1-9][0-9]{0,17}) ([0-9a-f]{64})");

  private final Path path;

  AnchorFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Appends a head; returns when the disk has it. */
  void append(Instant at, AuditMapper.Head head) throws IOException {
    if (!Files.exists(path)) {
      PrivateFiles.makeFile(path);
    }
    String line = "%s %d %s\n".formatted(at, head.seq(), head.hash());
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
  }

  /** The hashes by the numbers of their records; empty where there is no file yet. */
  SortedMap<Long, String> read() throws IOException {
    SortedMap<Long, String> heads = new TreeMap<>();
    if (!Files.exists(path)) {
      return heads;
    }
    try (Stream<String> lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
      lines.forEach(line -> take(line, heads));
    }
    return heads;
  }

  /** The first hash that was noted of a record counts: what is added later cannot undo it. */
  private void take(String line, SortedMap<Long, String> heads) {
    Matcher form = LINE.matcher(line);
    if (form.matches()) {
      heads.putIfAbsent(Long.parseLong(form.group(2)), form.group(3));
    } else if (!line.isBlank()) {
      LOG.warn("{}: a line that is no anchor of the audit log is left out.", path);
    }
  }
}
