package org.jarvis.gateway.listen;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A user's own certificate with its key, in PEM files. */
final class Pem {
  private final KeyPair pair;
  private final X509CertificateHolder certificate;

  private Pem(KeyPair pair, X509CertificateHolder certificate) {
    this.pair = pair;
    this.certificate = certificate;
  }

  static Pem rsa(Instant end) throws Exception {
    return of("RSA", 2048, "SHA256withRSA", end);
  }

  static Pem ec(Instant end) throws Exception {
    return of("EC", 256, "SHA256withECDSA", end);
  }

  private static Pem of(String algorithm, int size, String signature, Instant end)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=jarvis.example.org");
    return new Pem(
        pair,
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.TEN,
                Date.from(end.minus(Duration.ofDays(90))),
                Date.from(end),
                name,
                pair.getPublic())
            .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
  }

  PemFiles in(Path folder) throws IOException {
    PemFiles files = new PemFiles(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"));
    Files.writeString(files.certificate(), text(certificate));
    Files.writeString(
        files.key(),
        // As openssl writes the one kind, and as certbot writes the other.
        text(
            pair.getPrivate().getAlgorithm().equals("EC")
                ? new JcaPKCS8Generator(pair.getPrivate(), null)
                : pair.getPrivate()));
    return files;
  }

  /** A key that only somebody who can type could read. */
  static String keyWithAPassword() throws IOException {
    return text(
        new PemObject(
            "ENCRYPTED PRIVATE KEY",
            new EncryptedPrivateKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2), new byte[16])
                .getEncoded()));
  }

  private static String text(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
