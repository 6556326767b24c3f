package org.jarvis.lab.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jarvis.lab.pve.Fingerprints;

/**
 * A self-signed certificate with its key, as a fresh Proxmox VE node presents one. Kept in a file,
 * it survives restarts and so does its fingerprint. Immutable.
 */
public final class LabCertificate {

  private static final String ALIAS = "lab";
  // Protects nothing: whoever reads the file may have the key of a simulation. Java 17 wants a
  // password all the same.
  private static final char[] PASSWORD = "lab".toCharArray();
  private static final Duration VALIDITY = Duration.ofDays(3650);

  private final KeyStore keys;

  private LabCertificate(KeyStore keys) {
    this.keys = keys;
  }

  /** A new one for a node of this name, kept nowhere. */
  public static LabCertificate fresh(String node) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, PASSWORD);
      keys.setKeyEntry(
          ALIAS, pair.getPrivate(), PASSWORD, new Certificate[] {selfSigned(pair, node)});
      return new LabCertificate(keys);
    } catch (GeneralSecurityException | IOException | OperatorCreationException broken) {
      throw new IllegalStateException(
          "cannot make the lab's certificate: " + broken.getMessage(), broken);
    }
  }

  /** The one in this file; made and written where there is none. */
  public static LabCertificate keptIn(Path file, String node) throws IOException {
    if (Files.exists(file)) {
      return read(file);
    }
    LabCertificate certificate = fresh(node);
    try (OutputStream out = PrivateFiles.create(file)) {
      certificate.keys.store(out, PASSWORD);
    } catch (GeneralSecurityException broken) {
      throw new IOException("cannot write the lab's certificate to " + file, broken);
    }
    return certificate;
  }

  private static LabCertificate read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      if (!keys.isKeyEntry(ALIAS)) {
        throw new IOException("it holds no key");
      }
      return new LabCertificate(keys);
    } catch (GeneralSecurityException | IOException broken) {
      throw new IOException(
          "cannot read the lab's certificate from "
              + file
              + " ("
              + broken.getMessage()
              + "); delete the file to get a new one",
          broken);
    }
  }

  /** The SHA-256 fingerprint that a connector pins, as {@code AA:BB:…}. */
  public String fingerprint() {
    try {
      return Fingerprints.of(keys.getCertificate(ALIAS).getEncoded());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the lab's certificate cannot be encoded", broken);
    }
  }

  /** A context that presents it. */
  SSLContext context() {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      // It trusts nobody, since it asks nobody for a certificate: no authorities need to be loaded.
      context.init(managers.getKeyManagers(), new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(
          "the lab's certificate cannot be used: " + broken.getMessage(), broken);
    }
  }

  private static X509Certificate selfSigned(KeyPair pair, String node)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    X500Name name =
        new X500Name("CN=" + node + ".lan, OU=PVE Cluster Node, O=Proxmox Virtual Environment");
    Instant begin = Instant.now().minus(Duration.ofDays(1));
    GeneralNames names =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.dNSName, node),
              new GeneralName(GeneralName.dNSName, node + ".lan")
            });
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
            Date.from(begin),
            Date.from(begin.plus(VALIDITY)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.subjectAlternativeName, false, names);
    ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }
}
