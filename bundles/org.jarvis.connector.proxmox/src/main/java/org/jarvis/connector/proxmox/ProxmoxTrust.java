package org.jarvis.connector.proxmox;

import java.util.List;
import java.util.Map;
import org.jarvis.api.connector.ClusterTrust;
import org.jarvis.api.connector.MemberCertificate;
import org.jarvis.connector.proxmox.http.ApiClient;

/** The certificates of a Proxmox VE cluster's members. */
final class ProxmoxTrust implements ClusterTrust {
  private final ApiClient api;

  ProxmoxTrust(ApiClient api) {
    this.api = api;
  }

  @Override
  public List<MemberCertificate> certificates() {
    return api.certificates();
  }

  @Override
  public void consented(Map<String, String> fingerprints) {
    api.consent(fingerprints);
  }
}
