package org.jarvis.connector.ssh;

import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;

/**
 * What Jarvis speaks: what OpenSSH and Dropbear of the last ten years have in common with what is
 * held to be strong. No SHA-1, no CBC, no DSA.
 */
final class Algorithms {
  private Algorithms() {}

  /** Makes a client speak these and nothing else. */
  static void set(SshClient client) {
    client.setKeyExchangeFactories(
        NamedFactory.setUpTransformedFactories(
            true,
            List.of(
                BuiltinDHFactories.mlkem768x25519,
                BuiltinDHFactories.sntrup761x25519,
                BuiltinDHFactories.sntrup761x25519_openssh,
                BuiltinDHFactories.curve25519,
                BuiltinDHFactories.curve25519_libssh,
                BuiltinDHFactories.ecdhp256,
                BuiltinDHFactories.ecdhp384,
                BuiltinDHFactories.ecdhp521,
                BuiltinDHFactories.dhg16_512,
                BuiltinDHFactories.dhg18_512,
                BuiltinDHFactories.dhg14_256),
            ClientBuilder.DH2KEX));
    client.setCipherFactories(
        supported(
            BuiltinCiphers.aes128gcm,
            BuiltinCiphers.aes256gcm,
            BuiltinCiphers.cc20p1305_openssh,
            BuiltinCiphers.aes256ctr,
            BuiltinCiphers.aes192ctr,
            BuiltinCiphers.aes128ctr));
    client.setMacFactories(
        supported(
            BuiltinMacs.hmacsha256etm,
            BuiltinMacs.hmacsha512etm,
            BuiltinMacs.hmacsha256,
            BuiltinMacs.hmacsha512));
    // The order decides which of its keys a host shows: always the same one.
    client.setSignatureFactories(
        supported(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256));
    client.setCompressionFactories(List.of(BuiltinCompressions.none));
  }

  @SafeVarargs
  private static <T, F extends NamedFactory<T> & OptionalFeature> List<NamedFactory<T>> supported(
      F... all) {
    List<NamedFactory<T>> supported = new ArrayList<>();
    for (F factory : all) {
      if (factory.isSupported()) {
        supported.add(factory);
      }
    }
    return supported;
  }
}
