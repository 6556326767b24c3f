package org.jarvis.connector.ssh;

import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.jarvis.api.host.HostAttachment.KeyVerdict;
import org.jarvis.api.host.HostState.Status;
import org.jspecify.annotations.Nullable;

/**
 * Judges the key that a host offers while one connection is made. What the configuration pins
 * counts alone; where it pins nothing, what a person accepted.
 */
final class HostKeyCheck {
  private final HostSettings host;
  private final BiFunction<String, String, KeyVerdict> accepted;

  private volatile @Nullable ConnectFailure refusal;
  private volatile @Nullable Offer offer;

  /**
   * A key that was offered.
   *
   * @param algorithm such as {@code ssh-ed25519}
   * @param fingerprint as OpenSSH prints it
   */
  record Offer(String algorithm, String fingerprint) {}

  /**
   * A check for one connection.
   *
   * @param accepted asks whether a person accepted this algorithm and fingerprint
   */
  HostKeyCheck(HostSettings host, BiFunction<String, String, KeyVerdict> accepted) {
    this.host = host;
    this.accepted = accepted;
  }

  /** Whether to go on. Called while the connection is made. */
  boolean accepts(PublicKey key) {
    String algorithm = String.valueOf(KeyUtils.getKeyType(key));
    String fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    Offer made = new Offer(algorithm, fingerprint);
    offer = made;
    refusal = judge(key, made);
    return refusal == null;
  }

  private @Nullable ConnectFailure judge(PublicKey key, Offer made) {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < IdentityKey.SHORTEST_RSA) {
      return new ConnectFailure(
          Status.UNREACHABLE,
          host.id() + " offers an RSA key of less than 2048 bits. Give it a stronger one.",
          made.fingerprint());
    }
    Set<String> pins = host.pins();
    if (!pins.isEmpty()) {
      return pins.contains(made.fingerprint()) ? null : changed(made, "the pinned one");
    }
    return switch (accepted.apply(made.algorithm(), made.fingerprint())) {
      case ACCEPTED -> null;
      case CHANGED -> changed(made, "the accepted one");
      case UNKNOWN -> unknown(made);
    };
  }

  private ConnectFailure unknown(Offer made) {
    return new ConnectFailure(
        Status.KEY_UNKNOWN,
        host.id()
            + " offers a host key that nobody accepted yet: "
            + made.algorithm()
            + " "
            + made.fingerprint()
            + ". Compare it with what 'ssh-keygen -l' says of it on the host itself, and accept it in"
            + " Jarvis, or pin it with "
            + SettingsReader.HOST_KEYS
            + " in "
            + host.source()
            + ".",
        made.fingerprint());
  }

  private ConnectFailure changed(Offer made, String former) {
    return new ConnectFailure(
        Status.KEY_CHANGED,
        host.id()
            + " offers another host key than "
            + former
            + ": "
            + made.algorithm()
            + " "
            + made.fingerprint()
            + ". Nothing is sent to it. If the host was set up anew, "
            + (host.pins().isEmpty()
                ? "compare the key with what 'ssh-keygen -l' says on the host itself, and accept it"
                    + " in Jarvis."
                : "put its new key into "
                    + SettingsReader.HOST_KEYS
                    + " in "
                    + host.source()
                    + "."),
        made.fingerprint());
  }

  /** Why the key was refused; {@code null} when it was not, or none was offered yet. */
  @Nullable ConnectFailure refusal() {
    return refusal;
  }

  /** What was offered; {@code null} before that. */
  @Nullable Offer offer() {
    return offer;
  }
}
