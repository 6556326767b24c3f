package org.jarvis.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/** A backup that somebody hands in; nothing in it is believed before it was checked. */
final class BackupArchive implements AutoCloseable {
  private final ZipFile zip;
  private final BackupManifest manifest;

  private BackupArchive(ZipFile zip, BackupManifest manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  static BackupArchive open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is no file %s.".formatted(file));
    }
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile(), UTF_8);
    } catch (ZipException e) {
      throw BackupManifest.unreadable("it is no zip file, or its end is missing");
    }
    try {
      BackupManifest manifest = BackupManifest.parse(manifestText(zip));
      requireNothingElse(zip, manifest);
      return new BackupArchive(zip, manifest);
    } catch (ZipException e) {
      zip.close();
      throw BackupManifest.unreadable("its manifest is damaged");
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static String manifestText(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(BackupManifest.NAME);
    if (entry == null) {
      throw BackupManifest.unreadable("it has no manifest");
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (InputStream content = zip.getInputStream(entry)) {
      Fingerprint copied = Fingerprint.ofCopy(content, text, BackupManifest.LARGEST_TEXT);
      if (copied.size() > BackupManifest.LARGEST_TEXT) {
        throw BackupManifest.unreadable("its manifest is too large");
      }
    }
    return text.toString(UTF_8);
  }

  private static void requireNothingElse(ZipFile zip, BackupManifest manifest) {
    Set<String> named =
        manifest.entries().stream()
            .map(BackupManifest.Entry::name)
            .collect(Collectors.toCollection(TreeSet::new));
    named.add(BackupManifest.NAME);
    int found = 0;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      found++;
      if (!named.contains(entry.getName())) {
        throw BackupManifest.unreadable("it holds a file that its manifest does not name");
      }
    }
    if (found != named.size()) {
      throw BackupManifest.unreadable("a file is missing in it, or there twice");
    }
  }

  BackupManifest manifest() {
    return manifest;
  }

  /** How much room its files take. */
  long size() {
    try {
      return manifest.entries().stream()
          .mapToLong(BackupManifest.Entry::size)
          .reduce(0, Math::addExact);
    } catch (ArithmeticException e) {
      throw BackupManifest.unreadable("its files are too large");
    }
  }

  /** Unpacks everything into an empty folder; what is not as the manifest says is refused. */
  void unpack(Path folder) throws IOException {
    for (BackupManifest.Entry entry : manifest.entries()) {
      Path file = folder.resolve(entry.name()).normalize();
      if (!file.startsWith(folder)) {
        throw BackupManifest.unreadable("it names a file that no backup has");
      }
      PrivateFiles.makeFolder(file.resolveSibling(""));
      PrivateFiles.makeFile(file);
      unpack(entry, file);
      PrivateFiles.sync(file);
    }
  }

  private void unpack(BackupManifest.Entry entry, Path file) throws IOException {
    ZipEntry packed = zip.getEntry(entry.name());
    if (packed == null) {
      throw BackupManifest.unreadable("a file is missing in it");
    }
    try (InputStream content = zip.getInputStream(packed);
        OutputStream target = new BufferedOutputStream(Files.newOutputStream(file))) {
      Fingerprint copied = Fingerprint.ofCopy(content, target, entry.size());
      if (copied.size() != entry.size() || !copied.sha256().equals(entry.sha256())) {
        throw damaged(entry);
      }
    } catch (ZipException e) {
      throw damaged(entry);
    }
  }

  private static JarvisException damaged(BackupManifest.Entry entry) {
    return BackupManifest.unreadable("%s in it is not as it was written".formatted(entry.name()));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
