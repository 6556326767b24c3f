package org.jarvis.detectors;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jspecify.annotations.Nullable;

/** Whether a node's certificates expire. */
final class CertificateDetector implements BuiltIn {
  /** One does soon, or has. */
  static final ProblemKind EXPIRING =
      KindDraft.of(
              "certificate-expiring",
              "Certificate expires",
              Severity.CRITICAL,
              "A certificate of the node expires soon although Proxmox VE renews its own in time;"
                  + " after that browsers, the other nodes and whoever trusts it refuse it.")
          .needs(Aspect.CERTIFICATES)
          .limit(Gauge.WARNING, "Days left from which on it is a warning", "days", 10, 0, 365)
          .limit(Gauge.CRITICAL, "Days left from which on it is critical", "days", 2, 0, 365)
          .mended();

  /** The cluster's own authority: whatever trusts the cluster trusts this one. */
  private static final String AUTHORITY = "pve-root-ca.pem";

  private static final double SECONDS_A_DAY = 86_400;

  @Override
  public List<ProblemKind> kinds() {
    return List.of(EXPIRING);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    for (Node node : situation.cluster().nodes().values()) {
      situation
          .fresh(node.ref(), NodeCertificates.class)
          .ifPresent(
              told -> {
                for (NodeCertificates.Certificate certificate : told.certificates()) {
                  Finding expiring = expiring(situation, node, certificate);
                  if (expiring != null) {
                    findings.add(expiring);
                  }
                }
              });
    }
    return findings;
  }

  private static @Nullable Finding expiring(
      Situation situation, Node node, NodeCertificates.Certificate certificate) {
    Instant end = certificate.validUntil();
    if (end == null) {
      return null;
    }
    Duration left = Duration.between(situation.now(), end);
    double days = left.toSeconds() / SECONDS_A_DAY;
    if (days > situation.limit(EXPIRING, Gauge.WARNING)) {
      return null;
    }
    boolean expired = left.isNegative() || left.isZero();
    String file = Words.name(certificate.file());
    Sight sight =
        Sight.of(
            EXPIRING,
            node.ref(),
            file,
            days <= situation.limit(EXPIRING, Gauge.CRITICAL)
                ? Severity.CRITICAL
                : Severity.WARNING,
            "The certificate "
                + file
                + " of "
                + node.name()
                + (expired
                    ? " expired " + Words.ago(end, situation.now()) + "."
                    : " expires in " + Words.time(left) + "."));
    sight.evidence("Valid until", end.toString(), end);
    if (certificate.subject() != null) {
      sight.evidence("Subject", Words.name(certificate.subject()));
    }
    if (certificate.issuer() != null) {
      sight.evidence("Issuer", Words.name(certificate.issuer()));
    }
    if (!certificate.file().equals(AUTHORITY)) {
      sight.remedy(
          Remedy.of(
              "renew",
              "Renew the certificate of " + node.name(),
              "A new one is made or ordered and Proxmox VE's own interface restarts with it; where"
                  + " Jarvis has pinned the old one, pin the new one.",
              Fix.node("renew_certificate", node.cluster(), node.node(), Map.of())));
    }
    return sight.finding(
        "It is the cluster's own authority, which everything trusts: plan its renewal with"
            + " pvecm updatecerts on a quiet day.");
  }
}
