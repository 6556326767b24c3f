package org.jarvis.lab.pve;

import java.security.cert.X509Certificate;

/** The certificates of a cluster's members. Implementations are thread-safe. */
public interface MemberCertificates {

  /** The certificate that a node's API answers with. */
  X509Certificate of(String node);

  /** The authority of the cluster, which signed them. */
  X509Certificate authority();
}
