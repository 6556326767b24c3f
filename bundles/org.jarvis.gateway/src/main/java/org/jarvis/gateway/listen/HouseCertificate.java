package org.jarvis.gateway.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
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
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jarvis.api.auth.Secret;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that Jarvis makes for itself where the user has none, kept so that whoever
 * compared its fingerprint once need not do so again: in {@code server.p12}, with a random password
 * in a file beside it, both for Jarvis's own user alone. Used by one thread at a time.
 */
final class HouseCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(HouseCertificate.class);
  private static final String ALIAS = "jarvis";
  // What browsers accept of a certificate that the user trusts by hand.
  private static final Duration LIFETIME = Duration.ofDays(825);
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final int SERIAL_BITS = 127;
  private static final String FOLDER_MODE = "rwx------";
  private static final String FILE_MODE = "rw-------";

  private final Path folder;
  private final Path store;
  private final Path passwordFile;
  private final Set<String> warned = new HashSet<>();
  private @Nullable Made made;

  /**
   * The last one that was made, which is shown also while it cannot be kept.
   *
   * @param names what it was to hold
   */
  private record Made(Identity identity, Set<String> names) {}

  /** Kept in this folder. */
  HouseCertificate(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("server.p12");
    this.passwordFile = folder.resolve("server.password");
  }

  /**
   * The certificate; a new one where there is none, where it ends soon, and where it does not hold
   * these names.
   */
  Identity get(Set<String> names, Instant now) {
    Identity kept = read();
    if (kept != null && serves(kept, names, now)) {
      return kept;
    }
    Made last = made;
    if (last != null && serves(last.identity(), names, now)) {
      keep(last.identity());
      return last.identity();
    }
    Set<String> all = new TreeSet<>(names);
    all.addAll(Certificates.machine());
    Identity fresh = make(all, now);
    made = new Made(fresh, lowerCase(names));
    keep(fresh);
    return fresh;
  }

  /**
   * Whether it is good for these names yet. One that was made for them is, also when they cannot be
   * read out of it: another one would be no better.
   */
  private boolean serves(Identity identity, Set<String> names, Instant now) {
    if (!now.isBefore(identity.endsAt().minus(RENEWED_BEFORE))) {
      return false;
    }
    Set<String> held = namesOf(identity.certificate());
    Made last = made;
    if (last != null && last.identity().certificate().equals(identity.certificate())) {
      held.addAll(last.names());
    }
    return held.containsAll(lowerCase(names));
  }

  private void keep(Identity identity) {
    try {
      write(identity);
    } catch (IOException | GeneralSecurityException unwritable) {
      warn(
          "The certificate cannot be kept in "
              + folder
              + " ("
              + unwritable.getMessage()
              + "); unless that is mended before, the next start makes another one, with another"
              + " fingerprint.");
    }
  }

  private @Nullable Identity read() {
    if (!Files.exists(store)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(store)) {
      char[] password = Files.readString(passwordFile).trim().toCharArray();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      if (keys.getKey(ALIAS, password) instanceof PrivateKey key
          && keys.getCertificate(ALIAS) instanceof X509Certificate certificate) {
        return new Identity(key, List.of(certificate), false);
      }
      warn(store + " holds no key of Jarvis; a new certificate takes its place.");
    } catch (IOException | GeneralSecurityException unreadable) {
      warn(
          store
              + " cannot be read with the password in "
              + passwordFile
              + " ("
              + unreadable.getMessage()
              + "); a new certificate takes its place.");
    }
    return null;
  }

  /** Once: the certificate is looked after every few seconds. */
  private void warn(String message) {
    if (warned.add(message)) {
      LOG.warn(message);
    }
  }

  private static Identity make(Set<String> names, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new Identity(pair.getPrivate(), List.of(selfSigned(pair, names, now)), false);
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException broken) {
      throw new IllegalStateException("A certificate could not be made.", broken);
    }
  }

  private static X509Certificate selfSigned(KeyPair pair, Set<String> names, Instant now)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    X500Name subject = new X500Name("CN=Jarvis");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.minus(CLOCK_SKEW).plus(LIFETIME)),
            subject,
            pair.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            lowerCase(names).stream()
                .map(
                    name ->
                        new GeneralName(
                            Listener.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName,
                            name))
                .toArray(GeneralName[]::new)));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  private void write(Identity identity) throws IOException, GeneralSecurityException {
    Secret password = Identity.randomPassword();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        ALIAS,
        identity.key(),
        password.reveal().toCharArray(),
        identity.chain().toArray(new Certificate[0]));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    keys.store(bytes, password.reveal().toCharArray());
    Files.createDirectories(folder, mode(FOLDER_MODE));
    // Both are written before either takes its place: on a full disk nothing is lost. Between the
    // two moves both do not fit; then the next start makes a new certificate.
    Path freshPassword = prepare(passwordFile, password.reveal().getBytes(StandardCharsets.UTF_8));
    Path freshStore = prepare(store, bytes.toByteArray());
    replace(passwordFile, freshPassword);
    replace(store, freshStore);
  }

  private static Path prepare(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, mode(FILE_MODE));
    Files.write(fresh, content, StandardOpenOption.WRITE);
    return fresh;
  }

  private static void replace(Path file, Path fresh) throws IOException {
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] mode(String mode) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  /** The names and addresses in a certificate. */
  static Set<String> namesOf(X509Certificate certificate) {
    Set<String> names = new TreeSet<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        all.forEach(entry -> names.add(plain(String.valueOf(entry.get(1)))));
      }
    } catch (GeneralSecurityException unreadable) {
      LOG.debug("The names in a certificate cannot be read.", unreadable);
    }
    return names;
  }

  private static Set<String> lowerCase(Set<String> names) {
    Set<String> lower = new TreeSet<>();
    names.forEach(name -> lower.add(plain(name)));
    return lower;
  }

  /** The one form of a name; addresses are written in several. */
  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Listener.isAddress(lower) ? Listener.canonical(lower) : lower;
  }
}
