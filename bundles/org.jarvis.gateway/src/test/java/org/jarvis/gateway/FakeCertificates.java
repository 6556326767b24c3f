package org.jarvis.gateway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.connector.ClusterCertificates;
import org.jarvis.api.connector.MemberCertificate;
import org.jarvis.api.connector.MemberCertificate.Shown;
import org.jarvis.api.connector.MemberCertificate.Standing;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;

/** Two members of the cluster home: one whose certificate changed, and one that is silent. */
public final class FakeCertificates implements ClusterCertificates {
  public static final String ADDRESS = "https://192.168.1.10:8006";
  public static final String FINGERPRINT = "4F:0A";

  /** What was decided, in order. */
  public final List<String> decisions = new CopyOnWriteArrayList<>();

  @Override
  public List<Seen> show(ClusterId cluster) {
    if (!cluster.value().equals("home")) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "No cluster has this name.");
    }
    return List.of(
        new Seen(
            new MemberCertificate(
                ADDRESS,
                "192.168.1.10",
                new NodeName("pve1"),
                true,
                Standing.CHANGED,
                new Shown(
                    FINGERPRINT,
                    "CN=pve1",
                    "CN=house",
                    FakeCore.START,
                    FakeCore.START.plusSeconds(60)),
                List.of("77:01"),
                false,
                "tls.fingerprint=4F:0A",
                "It has changed."),
            new Consent("77:01", "owner", FakeCore.START)),
        new Seen(
            new MemberCertificate(
                "https://192.168.1.11:8006",
                "192.168.1.11",
                null,
                false,
                Standing.SILENT,
                null,
                List.of(),
                true,
                null,
                "It does not answer."),
            null));
  }

  @Override
  public void accept(
      ClusterId cluster, String address, String fingerprint, String typed, Principal person) {
    show(cluster);
    decisions.add(
        "accept " + address + " " + fingerprint + " typed " + typed + " by " + person.name());
  }

  @Override
  public void forget(ClusterId cluster, String address, Principal person) {
    show(cluster);
    decisions.add("forget " + address + " by " + person.name());
  }
}
