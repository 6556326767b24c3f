package org.jarvis.connector.proxmox.http;

import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Trusts certain certificates, and no other of a server for which one is pinned, or to whose one a
 * person consented. Both name the very certificate, so its names, dates and issuer do not matter
 * any more. Where one is pinned no consent counts.
 */
final class PinnedCertificates extends ServerTrust {
  private final Access access;
  private final ConsentedCertificates consents;
  private final ServerTrust otherwise;

  /**
   * Trusts those that are pinned for the address that was asked for, or consented to.
   *
   * @param otherwise decides about the others
   */
  PinnedCertificates(Access access, ConsentedCertificates consents, ServerTrust otherwise) {
    this.access = access;
    this.consents = consents;
    this.otherwise = otherwise;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (!isPinned(chain, engine.getPeerHost(), engine.getPeerPort())) {
      otherwise.checkServerTrusted(chain, authType, engine);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    InetAddress peer = socket.getInetAddress();
    if (!isPinned(chain, peer == null ? null : peer.getHostAddress(), socket.getPort())) {
      otherwise.checkServerTrusted(chain, authType, socket);
    }
  }

  /** Whether it is; refuses it where it has to be. */
  private boolean isPinned(X509Certificate[] chain, @Nullable String host, int port)
      throws CertificateException {
    Fingerprint shown = Fingerprint.of(chain[0]);
    String address = host == null ? "" : host;
    boolean mustBePinned = access.pinned(address);
    Fingerprint consented = mustBePinned ? null : consents.of(address, port);
    if (consented != null) {
      if (consented.equals(shown)) {
        return true;
      }
      throw UntrustedCertificateException.otherThanConsented(chain[0], consented);
    }
    if (access.pinned() && access.pinsFor(address).contains(shown)) {
      return true;
    }
    if (mustBePinned || (host == null && (access.pinned() || !consents.isEmpty()))) {
      throw new UntrustedCertificateException(
          UntrustedCertificateException.Reason.CHANGED, chain[0], null);
    }
    return false;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return otherwise.getAcceptedIssuers();
  }
}
