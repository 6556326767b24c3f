package org.example.libvirt;

import java.util.Map;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.llm.provider.ProviderConfiguration;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * A machine whose virtual machines libvirt runs, shown as a cluster of one node. There is one for
 * each file etc/org.jarvis.extension.libvirt-NAME.cfg. It is no service, and so immediate: it acts
 * by attaching itself to the core.
 */
@Component(
    immediate = true,
    service = {},
    configurationPid = "org.jarvis.extension.libvirt",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class KvmMachine {
  /** {@code null} while the configuration is wrong. */
  private final Watch watch;

  @Activate
  public KvmMachine(@Reference ClusterRegistry registry, Map<String, Object> properties) {
    watch = open(registry, new ProviderConfiguration(properties, properties));
  }

  private static Watch open(ClusterRegistry registry, ProviderConfiguration configuration) {
    try {
      Watch watch = new Watch(Settings.read(configuration), registry);
      watch.open();
      return watch;
    } catch (JarvisException wrong) {
      // Had it thrown, nobody would see why the machine is not there.
      registry.unusable(configuration.pid(), wrong.getMessage());
      return null;
    }
  }

  @Deactivate
  void leave(int reason) {
    if (watch != null) {
      watch.leave(
          switch (reason) {
            case ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED ->
                DetachReason.CONFIGURATION_REMOVED;
            case ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_MODIFIED ->
                DetachReason.CONFIGURATION_CHANGED;
            default -> DetachReason.CONNECTOR_LEAVING;
          });
    }
  }
}
