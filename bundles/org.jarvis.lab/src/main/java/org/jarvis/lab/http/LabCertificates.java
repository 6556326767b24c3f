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
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jarvis.lab.pve.MemberCertificates;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of the members with their keys, signed by an authority of the cluster's own, as
 * a fresh Proxmox VE cluster has them. Kept in a file, they survive restarts and so do their
 * fingerprints. Thread-safe, since nothing changes once it is made.
 */
public final class LabCertificates implements MemberCertificates {

  private static final String AUTHORITY = "authority";
  private static final String MEMBER = "member-";
  // Protects nothing: whoever reads the file may have the key of a simulation. Java 17 wants a
  // password all the same.
  private static final char[] PASSWORD = "lab".toCharArray();
  private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
  private static final Duration VALIDITY = Duration.ofDays(730);
  private static final Duration TOO_SOON = Duration.ofDays(90);

  private final KeyStore keys;

  /**
   * A member that needs a certificate.
   *
   * @param node its name
   * @param address where it listens
   */
  public record Member(String node, String address) {}

  private LabCertificates(KeyStore keys) {
    this.keys = keys;
  }

  /** New ones for these members, kept nowhere. */
  public static LabCertificates fresh(List<Member> members, Instant now) {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, PASSWORD);
      complete(keys, members, now);
      return new LabCertificates(keys);
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException(
          "cannot make the lab's certificates: " + broken.getMessage(), broken);
    }
  }

  /** The ones in this file; made and written where there are none. */
  public static LabCertificates keptIn(Path file, List<Member> members, Instant now)
      throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      if (Files.exists(file)) {
        read(keys, file);
      } else {
        keys.load(null, PASSWORD);
      }
      if (complete(keys, members, now)) {
        try (OutputStream out = PrivateFiles.create(file)) {
          keys.store(out, PASSWORD);
        }
      }
      return new LabCertificates(keys);
    } catch (GeneralSecurityException broken) {
      throw new IOException("cannot keep the lab's certificates in " + file, broken);
    }
  }

  private static void read(KeyStore keys, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    } catch (GeneralSecurityException | IOException broken) {
      throw new IOException(
          "cannot read the lab's certificates from "
              + file
              + " ("
              + broken.getMessage()
              + "); delete the file to get new ones",
          broken);
    }
  }

  /** Makes what is missing or about to expire; false where nothing was. */
  private static boolean complete(KeyStore keys, List<Member> members, Instant now)
      throws GeneralSecurityException, IOException {
    boolean made = false;
    if (!keys.isKeyEntry(AUTHORITY)) {
      KeyPair pair = newPair();
      X500Name name =
          new X500Name("CN=Proxmox Virtual Environment, OU=saturn, O=PVE Cluster Manager CA");
      X509Certificate authority =
          signed(name, pair, name, pair.getPrivate(), now.plus(AUTHORITY_VALIDITY), now, null);
      keys.setKeyEntry(AUTHORITY, pair.getPrivate(), PASSWORD, new Certificate[] {authority});
      made = true;
    }
    for (Member member : members) {
      String alias = MEMBER + member.node();
      boolean present =
          keys.isKeyEntry(alias)
              && ((X509Certificate) keys.getCertificate(alias))
                  .getNotAfter()
                  .toInstant()
                  .isAfter(now.plus(TOO_SOON));
      if (!present) {
        KeyPair pair = newPair();
        X509Certificate certificate = ofMember(keys, member, pair, now.plus(VALIDITY), now);
        keys.setKeyEntry(alias, pair.getPrivate(), PASSWORD, new Certificate[] {certificate});
        made = true;
      }
    }
    return made;
  }

  private static X509Certificate ofMember(
      KeyStore keys, Member member, KeyPair pair, Instant until, Instant now)
      throws GeneralSecurityException, IOException {
    X509Certificate authority = (X509Certificate) keys.getCertificate(AUTHORITY);
    PrivateKey signer = (PrivateKey) keys.getKey(AUTHORITY, PASSWORD);
    X500Name subject =
        new X500Name(
            "OU=PVE Cluster Node, O=Proxmox Virtual Environment, CN=" + member.node() + ".lan");
    GeneralNames names =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, member.address()),
              new GeneralName(GeneralName.dNSName, member.node()),
              new GeneralName(GeneralName.dNSName, member.node() + ".lan")
            });
    X500Name issuer = X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
    return signed(subject, pair, issuer, signer, until, now, names);
  }

  @Override
  public X509Certificate of(String node) {
    return certificate(MEMBER + node);
  }

  @Override
  public X509Certificate authority() {
    return certificate(AUTHORITY);
  }

  private X509Certificate certificate(String alias) {
    try {
      return (X509Certificate) keys.getCertificate(alias);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the lab's certificates cannot be read", broken);
    }
  }

  /** A context that presents a node's certificate. */
  SSLContext context(String node) {
    try {
      String alias = MEMBER + node;
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, PASSWORD);
      own.setKeyEntry(
          alias, keys.getKey(alias, PASSWORD), PASSWORD, keys.getCertificateChain(alias));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(own, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      // It trusts nobody, since it asks nobody for a certificate: no authorities need to be loaded.
      context.init(managers.getKeyManagers(), new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException(
          "the lab's certificate cannot be used: " + broken.getMessage(), broken);
    }
  }

  private static KeyPair newPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate signed(
      X500Name subject,
      KeyPair pair,
      X500Name issuer,
      PrivateKey signer,
      Instant until,
      Instant now,
      @Nullable GeneralNames names)
      throws GeneralSecurityException, CertIOException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(until),
            subject,
            pair.getPublic());
    if (names == null) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    } else {
      builder.addExtension(Extension.subjectAlternativeName, false, names);
    }
    try {
      ContentSigner signature = new JcaContentSignerBuilder("SHA256withECDSA").build(signer);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signature));
    } catch (OperatorCreationException broken) {
      throw new GeneralSecurityException("a certificate cannot be signed", broken);
    }
  }
}
