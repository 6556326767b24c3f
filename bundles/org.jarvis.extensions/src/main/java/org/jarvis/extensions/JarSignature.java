package org.jarvis.extensions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jarvis.api.extension.Extension.Signer;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who signed a jar. A signature counts only when it covers every entry, and is the same
 * one everywhere. Whether the certificate is anybody's is for the person to judge, by its
 * fingerprint.
 */
final class JarSignature {
  private static final int LONGEST_SUBJECT = 120;
  private static final long MOST_CONTENT = 512L * 1024 * 1024;

  private JarSignature() {}

  /** A signature that is there, but worth nothing. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String message) {
      super(message);
    }
  }

  /** Whether an entry belongs to a signature rather than being signed by one. */
  static boolean isPartOfSignature(String entry) {
    String name = entry.toUpperCase(Locale.ROOT);
    if (!name.startsWith("META-INF/") || name.indexOf('/', "META-INF/".length()) >= 0) {
      return false;
    }
    return name.equals(JarFile.MANIFEST_NAME)
        || name.startsWith("META-INF/SIG-")
        || name.endsWith(".SF")
        || name.endsWith(".RSA")
        || name.endsWith(".DSA")
        || name.endsWith(".EC");
  }

  /** Who signed it; {@code null} when nobody did. The sizes of its signature files are checked. */
  static @Nullable Signer of(Path file) throws IOException, BrokenException {
    try (JarFile jar = new JarFile(file.toFile(), true)) {
      List<JarEntry> entries = jar.stream().toList();
      if (entries.stream()
          .map(JarEntry::getName)
          .noneMatch(
              name -> isPartOfSignature(name) && !name.equalsIgnoreCase(JarFile.MANIFEST_NAME))) {
        return null;
      }
      refuseMissing(jar);
      X509Certificate signer = null;
      byte[] buffer = new byte[16 * 1024];
      long content = 0;
      for (JarEntry entry : entries) {
        if (entry.isDirectory() || isPartOfSignature(entry.getName())) {
          continue;
        }
        content = readThrough(jar, entry, buffer, content);
        X509Certificate found = signerOf(entry);
        if (signer != null && !signer.equals(found)) {
          throw new BrokenException("parts of it are signed by others than the rest");
        }
        signer = found;
      }
      if (signer == null) {
        throw new BrokenException("it has a signature, but nothing that is signed");
      }
      return new Signer(
          InertText.line(signer.getSubjectX500Principal().getName(), LONGEST_SUBJECT),
          fingerprint(signer));
    } catch (SecurityException altered) {
      throw new BrokenException("its content is not what was signed");
    }
  }

  private static void refuseMissing(JarFile jar) throws IOException, BrokenException {
    Manifest manifest = jar.getManifest();
    if (manifest == null) {
      throw new BrokenException("it has a signature, but no manifest");
    }
    for (String name : manifest.getEntries().keySet()) {
      if (jar.getEntry(name) == null) {
        throw new BrokenException(
            InertText.line(name, LONGEST_SUBJECT) + " was signed, but is missing");
      }
    }
  }

  private static long readThrough(JarFile jar, JarEntry entry, byte[] buffer, long before)
      throws IOException, BrokenException {
    long content = before;
    try (InputStream input = jar.getInputStream(entry)) {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        content += count;
        if (content > MOST_CONTENT) {
          throw new BrokenException("it unpacks to too much to be verified");
        }
      }
    }
    return content;
  }

  private static X509Certificate signerOf(JarEntry entry) throws BrokenException {
    CodeSigner[] signers = entry.getCodeSigners();
    if (signers == null || signers.length == 0) {
      throw new BrokenException(
          InertText.line(entry.getName(), LONGEST_SUBJECT) + " in it is not signed");
    }
    if (signers.length > 1) {
      throw new BrokenException("it is signed by several");
    }
    if (signers[0].getSignerCertPath().getCertificates().get(0) instanceof X509Certificate first) {
      return first;
    }
    throw new BrokenException("its certificate is of an unknown kind");
  }

  private static String fingerprint(X509Certificate certificate) throws BrokenException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (CertificateEncodingException | NoSuchAlgorithmException unreadable) {
      throw new BrokenException("its certificate cannot be read");
    }
  }
}
