package org.jarvis.extensions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;

/** Jars as somebody might drop them in. */
final class TestJar {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private String manifest;

  private TestJar(String manifest) {
    this.manifest = manifest;
  }

  /** A sound bundle. */
  static TestJar bundle(String symbolicName, String version) {
    return new TestJar(
        """
        Manifest-Version: 1.0
        Bundle-ManifestVersion: 2
        Bundle-SymbolicName: %s
        Bundle-Version: %s
        """
            .formatted(symbolicName, version));
  }

  /** A jar with this manifest. */
  static TestJar withManifest(String text) {
    return new TestJar(text);
  }

  TestJar header(String line) {
    manifest += line + "\n";
    return this;
  }

  TestJar entry(String name, String content) {
    return entry(name, content.getBytes(UTF_8));
  }

  TestJar entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "META-INF/MANIFEST.MF", (manifest + "\n").getBytes(UTF_8));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(zip, entry.getKey(), entry.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  Path writeTo(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  /** Somebody who signs. */
  record Signatory(PrivateKey key, java.security.cert.CertPath certificates) {
    /** Makes a certificate of his own, with the JDK's keytool. */
    static Signatory make(Path folder, String name) throws Exception {
      Path store = folder.resolve(name + ".p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "me",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + name,
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  "changeit")
              .redirectErrorStream(true)
              .start();
      keytool.getInputStream().readAllBytes();
      if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
        throw new IOException("keytool failed");
      }
      KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
      return new Signatory(
          (PrivateKey) keys.getKey("me", "changeit".toCharArray()),
          CertificateFactory.getInstance("X.509")
              .generateCertPath(List.of(keys.getCertificate("me"))));
    }

    Path sign(Path from, Path to) throws IOException {
      try (ZipFile jar = new ZipFile(from.toFile());
          OutputStream output = Files.newOutputStream(to)) {
        new JarSigner.Builder(key, certificates).build().sign(jar, output);
      }
      return to;
    }
  }
}
