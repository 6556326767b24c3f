package org.jarvis.gateway.listen;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/**
 * The user's own certificate and key, as certbot and others leave them.
 *
 * @param certificate the file with the certificate and what it was signed with
 * @param key the file with its key
 */
record PemFiles(Path certificate, Path key) {
  private static final long MAX_BYTES = 1024L * 1024;
  private static final String FILE = "etc/org.jarvis.gateway.cfg: ";

  /**
   * Reads both.
   *
   * @throws JarvisException with {@code MISCONFIGURED}, naming file, key and what is expected
   */
  Identity read(Instant now) {
    List<X509Certificate> chain = readChain();
    PrivateKey privateKey = readKey();
    X509Certificate first = chain.get(0);
    if (!belong(privateKey, first.getPublicKey())) {
      throw wrong(
          "tls.key",
          key,
          "is not the key of the first certificate in "
              + certificate
              + ". Name the two files that belong together, the server's certificate first");
    }
    if (first.getNotAfter().toInstant().isBefore(now)) {
      throw wrong(
          "tls.certificate",
          certificate,
          "ended on " + first.getNotAfter().toInstant() + ". Renew it; it is taken up by itself");
    }
    return new Identity(privateKey, chain, true);
  }

  /** Something that differs as soon as one of the files was replaced. */
  String state() {
    return state(certificate) + "|" + state(key);
  }

  private static String state(Path file) {
    try {
      return Files.getLastModifiedTime(file) + "," + Files.size(file) + "," + file.toRealPath();
    } catch (IOException away) {
      return "away";
    }
  }

  private List<X509Certificate> readChain() {
    List<X509Certificate> chain = new ArrayList<>();
    for (Object part : parts("tls.certificate", certificate)) {
      if (part instanceof X509CertificateHolder holder) {
        try {
          chain.add(new JcaX509CertificateConverter().getCertificate(holder));
        } catch (GeneralSecurityException broken) {
          throw wrong("tls.certificate", certificate, "holds a certificate that cannot be read");
        }
      }
    }
    if (chain.isEmpty()) {
      throw wrong(
          "tls.certificate",
          certificate,
          "holds no certificate; a PEM file with -----BEGIN CERTIFICATE----- is expected");
    }
    return chain;
  }

  private PrivateKey readKey() {
    try {
      for (Object part : parts("tls.key", key)) {
        if (part instanceof PEMKeyPair pair) {
          return key(pair.getPrivateKeyInfo());
        }
        if (part instanceof PrivateKeyInfo info) {
          return key(info);
        }
        if (part instanceof PEMEncryptedKeyPair || part instanceof PKCS8EncryptedPrivateKeyInfo) {
          throw wrong(
              "tls.key",
              key,
              "has a password, which nobody could type when Jarvis starts. Store the key without"
                  + " one, readable by Jarvis alone");
        }
      }
    } catch (IOException | GeneralSecurityException unreadable) {
      throw wrong("tls.key", key, "holds a key of a kind that is not known");
    }
    throw wrong(
        "tls.key", key, "holds no key; a PEM file with -----BEGIN PRIVATE KEY----- is expected");
  }

  private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
    String algorithm =
        switch (info.getPrivateKeyAlgorithm().getAlgorithm().getId()) {
          case "1.2.840.113549.1.1.1" -> "RSA";
          case "1.2.840.10045.2.1" -> "EC";
          case "1.3.101.112", "1.3.101.113" -> "EdDSA";
          default -> throw new NoSuchAlgorithmException("unknown");
        };
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  private static List<Object> parts(String name, Path file) {
    List<Object> parts = new ArrayList<>();
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw wrong(name, file, "is too large for a PEM file");
      }
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
          PEMParser parser = new PEMParser(reader)) {
        for (@Nullable Object part = parser.readObject();
            part != null;
            part = parser.readObject()) {
          parts.add(part);
        }
      }
      return parts;
    } catch (IOException unreadable) {
      throw wrong(
          name,
          file,
          "cannot be read ("
              + unreadable.getClass().getSimpleName()
              + "); a PEM file that Jarvis's user may read is expected");
    }
  }

  private static boolean belong(PrivateKey privateKey, PublicKey publicKey) {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> publicKey.getAlgorithm();
        };
    try {
      byte[] probe = algorithm.getBytes(StandardCharsets.UTF_8);
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(privateKey);
      signer.update(probe);
      byte[] signed = signer.sign();
      signer.initVerify(publicKey);
      signer.update(probe);
      return signer.verify(signed);
    } catch (GeneralSecurityException differentKinds) {
      return false;
    }
  }

  private static JarvisException wrong(String name, Path file, String what) {
    return new JarvisException(
        ErrorCode.MISCONFIGURED, FILE + name + ": the file " + file + " " + what + ".");
  }
}
