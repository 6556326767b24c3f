package org.jarvis.extensions;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Jarvis's own copies of what was dropped in, each named by its SHA-256. Inspected and run is the
 * copy, never the dropped file: so what a person consented to is what runs, whatever happens to the
 * file meanwhile.
 */
final class PrivateCopies {
  /** The largest jar that is taken. */
  static final long LARGEST = 64L * 1024 * 1024;

  private static final Pattern COPY = Pattern.compile("([0-9a-f]{64})\\.jar");
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;

  PrivateCopies(Path folder) {
    this.folder = folder;
  }

  /** Copies a dropped file, and inspects the copy. */
  Jar take(DropFolder.Drop drop) throws IOException {
    if (!drop.regular()) {
      return unread(drop, "It is no file of its own: a folder, a link or something else.");
    }
    if (drop.size() > LARGEST) {
      return unread(drop, "It is larger than " + LARGEST / (1024 * 1024) + " MiB.");
    }
    Files.createDirectories(folder, OWNER_ONLY_FOLDER);
    Path incoming = Files.createTempFile(folder, "incoming", ".tmp", OWNER_ONLY);
    try {
      Optional<String> id = copy(drop.path(), incoming);
      if (id.isEmpty()) {
        return unread(drop, "It is larger than " + LARGEST / (1024 * 1024) + " MiB.");
      }
      Jar jar = JarInspector.inspect(incoming, id.get(), Files.size(incoming));
      if (jar.objection() == null) {
        Files.move(incoming, pathOf(id.get()), StandardCopyOption.ATOMIC_MOVE);
      }
      return jar;
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  /** A file that was not read has no content to be known by, so its name stands in. */
  static Jar unread(DropFolder.Drop drop, String why) {
    byte[] name = ("not read: " + drop.name()).getBytes(StandardCharsets.UTF_8);
    return Jar.unacceptable(HexFormat.of().formatHex(sha256().digest(name)), drop.size(), why);
  }

  /** Inspects a copy from an earlier life; empty when there is none that is as it should be. */
  Optional<Jar> find(String id) {
    try (InputStream content = open(id)) {
      long size = content.transferTo(OutputStream.nullOutputStream());
      Jar jar = JarInspector.inspect(pathOf(id), id, size);
      return jar.objection() == null ? Optional.of(jar) : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  /**
   * The content of a copy. It is not held in memory; at its end, reading fails unless it has the
   * SHA-256 that was consented to.
   */
  InputStream open(String id) throws IOException {
    return new Verified(
        Files.newInputStream(pathOf(id), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS), id);
  }

  /** Lets nobody come to the end of what is not as it should be. */
  private static final class Verified extends DigestInputStream {
    private final String id;
    private boolean ended;

    Verified(InputStream content, String id) {
      super(content, sha256());
      this.id = id;
    }

    @Override
    public int read() throws IOException {
      return checked(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return checked(super.read(bytes, offset, length));
    }

    private int checked(int result) throws IOException {
      if (result < 0 && !ended) {
        ended = true;
        if (!HexFormat.of().formatHex(getMessageDigest().digest()).equals(id)) {
          throw new IOException("Jarvis's own copy of it was changed");
        }
      }
      return result;
    }
  }

  /** Drops every copy but these. */
  void retain(Set<String> ids) {
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder)) {
      for (Path copy : copies) {
        var name = COPY.matcher(String.valueOf(copy.getFileName()));
        if (name.matches() ? !ids.contains(name.group(1)) : copy.toString().endsWith(".tmp")) {
          Files.deleteIfExists(copy);
        }
      }
    } catch (NoSuchFileException none) {
      // Nothing was ever copied.
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static Optional<String> copy(Path from, Path to) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    byte[] buffer = new byte[64 * 1024];
    try (InputStream input =
            Files.newInputStream(from, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        OutputStream output = Files.newOutputStream(to)) {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        size += count;
        if (size > LARGEST) {
          return Optional.empty();
        }
        digest.update(buffer, 0, count);
        output.write(buffer, 0, count);
      }
    }
    return Optional.of(HexFormat.of().formatHex(digest.digest()));
  }

  private Path pathOf(String id) {
    return folder.resolve(id + ".jar");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
