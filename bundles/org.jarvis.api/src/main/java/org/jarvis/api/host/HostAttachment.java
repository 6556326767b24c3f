package org.jarvis.api.host;

import org.jarvis.api.resource.detail.AspectState;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A connector's line to the core for one host. All methods are safe from any thread; after {@link
 * #detach} they do nothing.
 */
@ProviderType
public interface HostAttachment {
  /** Reports how the connector stands with the host. */
  void state(HostState state);

  /**
   * Whether a person accepted this key for this host. Asked while a connection is made; answers
   * from memory. A key that nobody accepted is shown to people from then on.
   *
   * @param algorithm the key's algorithm, such as {@code ssh-ed25519}
   * @param fingerprint {@code SHA256:} and its hash in Base64 without padding, as OpenSSH prints it
   */
  KeyVerdict offered(String algorithm, String fingerprint);

  /**
   * Reports what was read of one aspect of the host's {@linkplain HostConnection#place() place}, or
   * why it could not be.
   */
  void detailed(AspectState state);

  /** Ends the attachment. */
  void detach();

  /** What is to be thought of a host's key. */
  enum KeyVerdict {
    /** A person accepted it. */
    ACCEPTED,
    /** Nobody accepted any key of this host yet. */
    UNKNOWN,
    /** Another one was accepted. */
    CHANGED
  }
}
