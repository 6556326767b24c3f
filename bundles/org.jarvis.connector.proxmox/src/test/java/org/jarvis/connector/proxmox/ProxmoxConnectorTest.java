package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentConstants;

class ProxmoxConnectorTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();

  private final RecordingRegistry registry = new RecordingRegistry();
  private final List<HealthContributor> published = new CopyOnWriteArrayList<>();
  private final FakeMember member =
      new FakeMember(CERTIFICATE)
          .on("GET /version", "get-version")
          .on("GET /cluster/status", "get-cluster_status")
          .on("GET /cluster/resources", "get-cluster_resources")
          .on("GET /cluster/tasks", "get-cluster_tasks");

  @AfterEach
  void close() {
    member.close();
  }

  /** A bundle that can do nothing but publish services. */
  private BundleContext bundle() {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (self, method, arguments) -> {
              if (!method.getName().equals("registerService")) {
                throw new UnsupportedOperationException(method.getName());
              }
              assertThat(arguments[0]).isEqualTo(HealthContributor.class);
              HealthContributor service = (HealthContributor) arguments[1];
              published.add(service);
              return registration(service);
            });
  }

  private Object registration(HealthContributor service) {
    return Proxy.newProxyInstance(
        ServiceRegistration.class.getClassLoader(),
        new Class<?>[] {ServiceRegistration.class},
        (self, method, arguments) -> {
          if (!method.getName().equals("unregister")) {
            throw new UnsupportedOperationException(method.getName());
          }
          published.remove(service);
          return null;
        });
  }

  private ProxmoxConnector connector(String key, String value) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("name", "home");
    properties.put("service.pid", "org.jarvis.connector.proxmox~h");
    properties.put("addresses", member.address().toString());
    properties.put("token", "root@pam!full=abc");
    properties.put("tls.fingerprint", CERTIFICATE.fingerprint().value());
    properties.put("felix.fileinstall.filename", "file:/j/etc/org.jarvis.connector.proxmox-h.cfg");
    properties.put(key, value);
    return new ProxmoxConnector(registry, bundle(), properties);
  }

  @Test
  void watchesTheClusterThatIsConfigured() {
    ProxmoxConnector connector = connector("runs.outside", "true");

    assertThat(registry.observation().guests()).hasSize(3);
    assertThat(registry.attached.get(0).configuration())
        .isEqualTo("org.jarvis.connector.proxmox~h");
    assertThat(published).isEmpty();

    connector.deactivate(ComponentConstants.DEACTIVATION_REASON_BUNDLE_STOPPED);
    assertThat(registry.detached).containsExactly(DetachReason.CONNECTOR_LEAVING);
  }

  @Test
  void aRemovedConfigurationRemovesTheCluster() {
    connector("runs.outside", "true")
        .deactivate(ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED);

    assertThat(registry.detached).containsExactly(DetachReason.CONFIGURATION_REMOVED);
  }

  @Test
  void aChangedConfigurationDoesNot() {
    connector("runs.outside", "true")
        .deactivate(ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_MODIFIED);

    assertThat(registry.detached).containsExactly(DetachReason.CONFIGURATION_CHANGED);
  }

  @Test
  void aWrongConfigurationIsSaidOnTheHealthPageUntilItIsMended() {
    ProxmoxConnector connector = connector("runs.outside", "perhaps");

    assertThat(registry.attached).isEmpty();
    assertThat(registry.unusable)
        .containsExactly(
            "org.jarvis.connector.proxmox~h etc/org.jarvis.connector.proxmox-h.cfg: the key"
                + " runs.outside needs true or false.");
    assertThat(published).hasSize(1);
    ComponentHealth health = published.get(0).health();
    assertThat(health.name()).isEqualTo("cluster home");
    assertThat(health.status()).isEqualTo(ComponentHealth.Status.DOWN);
    assertThat(health.detail())
        .isEqualTo(
            "etc/org.jarvis.connector.proxmox-h.cfg: the key runs.outside needs true or false.");

    connector.deactivate(ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_MODIFIED);
    assertThat(published).isEmpty();
  }

  @Test
  void anUntrustedCertificateNamesTheLineToAdd() {
    ProxmoxConnector connector = connector("tls.fingerprint", "");

    RecordingRegistry.Failure failure = registry.failure();
    assertThat(failure.code()).isEqualTo(ErrorCode.CERTIFICATE_UNTRUSTED);
    assertThat(failure.reason())
        .contains("tls.fingerprint=" + CERTIFICATE.fingerprint())
        .contains("in etc/org.jarvis.connector.proxmox-h.cfg");
    connector.deactivate(ComponentConstants.DEACTIVATION_REASON_BUNDLE_STOPPED);
  }
}
