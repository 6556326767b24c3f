package org.jarvis.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.tool.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.launch.Framework;

/** What becomes of what extensions offer, in the framework that Jarvis runs on. */
class ReservedServicesTest {
  @TempDir Path folder;

  private Framework framework;
  private BundleContext jarvis;
  private BundleContext extension;

  @BeforeEach
  void launch() throws BundleException {
    framework = FrameworkUnderTest.started(folder);
    jarvis = started("org.jarvis.safety", "file:safety");
    extension = started("org.example.memory", "jarvis-extension:org.example.memory");
    ReservedServices.guard(jarvis);
  }

  @AfterEach
  void end() throws Exception {
    framework.stop();
    framework.waitForStop(5000);
  }

  private BundleContext started(String name, String location) throws BundleException {
    Bundle bundle =
        framework
            .getBundleContext()
            .installBundle(
                location, new ByteArrayInputStream(TestJar.bundle(name, "1.0.0").bytes()));
    bundle.start();
    return bundle.getBundleContext();
  }

  private static ServiceRegistration<?> offer(BundleContext by, Class<?>... types) {
    Object service =
        Proxy.newProxyInstance(
            types[0].getClassLoader(), types, (proxy, method, arguments) -> method.getName());
    String[] names = new String[types.length];
    for (int i = 0; i < types.length; i++) {
      names[i] = types[i].getName();
    }
    return by.registerService(
        names,
        service,
        FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, Integer.MAX_VALUE)));
  }

  @Test
  void letsNoExtensionStandInForAPartOfJarvis() throws Exception {
    ServiceRegistration<?> own = offer(jarvis, SettingStore.class);
    offer(extension, SettingStore.class);
    offer(extension, ActionGate.class);
    offer(extension, Tool.class, ActionGate.class);

    assertThat(jarvis.getServiceReference(SettingStore.class)).isEqualTo(own.getReference());
    assertThat(jarvis.getServiceReferences(SettingStore.class, null)).hasSize(1);
    assertThat(jarvis.getAllServiceReferences(ActionGate.class.getName(), null)).isNull();
    assertThat(jarvis.getServiceReference(Tool.class)).isNull();
  }

  @Test
  void tellsNobodyThatItCameOrWent() throws Exception {
    List<ServiceReference<?>> told = new ArrayList<>();
    jarvis.addServiceListener(event -> told.add(event.getServiceReference()));

    offer(extension, SettingStore.class).unregister();
    assertThat(told).isEmpty();

    ServiceRegistration<?> own = offer(jarvis, SettingStore.class);
    assertThat(told).containsExactly(own.getReference());
  }

  @Test
  void takesExtensionsForWhatTheyMayBeAndLeavesThemTheirOwn() {
    ServiceRegistration<?> tool = offer(extension, Tool.class);
    ServiceRegistration<?> theirs = offer(extension, Comparable.class);
    ServiceRegistration<?> reserved = offer(extension, SettingStore.class);

    assertThat(jarvis.getServiceReference(Tool.class)).isEqualTo(tool.getReference());
    assertThat(jarvis.getServiceReference(Comparable.class)).isEqualTo(theirs.getReference());
    assertThat(extension.getServiceReference(SettingStore.class))
        .isEqualTo(reserved.getReference());
  }

  @Test
  void staysOnceWhileTheBundleThatGuardsIsReplaced() throws Exception {
    offer(extension, SettingStore.class);

    Bundle replaced = jarvis.getBundle();
    replaced.stop();
    replaced.start();
    BundleContext again = replaced.getBundleContext();
    assertThat(again.getServiceReference(SettingStore.class)).isNull();
    ReservedServices.guard(again);

    assertThat(framework.getBundleContext().getServiceReferences(FindHook.class, null)).hasSize(1);
  }
}
