package org.jarvis.api.connector;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a connector makes sure that the members of a cluster are who they should be. Implemented by
 * connectors; safe from any thread.
 */
@ConsumerType
public interface ClusterTrust {
  /** Of a connector whose cluster shows no certificates. */
  ClusterTrust NONE =
      new ClusterTrust() {
        @Override
        public List<MemberCertificate> certificates() {
          return List.of();
        }

        @Override
        public void consented(Map<String, String> fingerprints) {
          // There is nothing to consent to.
        }
      };

  /**
   * The certificates that the members show at this moment. Connects to each anew, and sends no
   * credential. Blocks until all have answered or the connector's own time-out is over.
   */
  List<MemberCertificate> certificates();

  /**
   * What people consented to, in place of what was told before. It counts for members of which the
   * configuration does not say what they may show, and for these nothing else does. What was
   * trusted before and is not any more is not spoken to again. Returns at once.
   *
   * @param fingerprints the one that a member may show, by {@link MemberCertificate#address}
   */
  void consented(Map<String, String> fingerprints);
}
