package org.jarvis.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.inject.Inject;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.tool.ToolCatalogue;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Replaces the connector's bundle under a running Jarvis; nothing else may notice more than it has
 * to.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConnectorSwapIT {
  private static final String CONNECTOR = "org.jarvis.connector.proxmox";
  private static final ClusterId DEMO = new ClusterId("demo");
  private static final long PATIENCE_SECONDS = 60;

  @Inject private BundleContext context;
  @Inject private LiveState state;
  @Inject private Authenticator authenticator;

  @Configuration
  public Option[] configuration() {
    return CoreOptions.options(
        CoreOptions.composite(DistributionUnderTest.configuration()),
        editConfigurationFilePut("etc/org.jarvis.lab.cfg", "speed", "10"),
        CoreOptions.mavenBundle(
            "org.jarvis", "org.jarvis.lab", System.getProperty("jarvis.version")));
  }

  @Test
  public void connectorIsReplacedWhileEverythingElseGoesOn() throws Exception {
    assertTrue("the lab is there", find("org.jarvis.lab") != null);
    await(cluster -> cluster.connection() == Cluster.Connection.LIVE);
    int guests = snapshot().guests().size();
    Map<String, Object> before = services();
    Bundle connector = find(CONNECTOR);
    OpenPage page = OpenPage.open(authenticator);
    page.await("\"connection\":\"live\"");

    connector.stop();
    await(cluster -> cluster.connection() == Cluster.Connection.MISSING);
    assertTrue(String.valueOf(snapshot().cluster().reason()).contains("connector"));
    assertEquals("what was known stays", guests, snapshot().guests().size());
    page.await("\"connection\":\"missing\"");

    connector.update();
    connector.start();
    await(cluster -> cluster.connection() == Cluster.Connection.LIVE);

    page.await("\"connection\":\"live\"");
    assertTrue("the page's socket was never closed", page.isOpen());
    assertEquals(guests, snapshot().guests().size());
    assertEquals("no other service was restarted", before, services());
  }

  private ClusterSnapshot snapshot() {
    return state.cluster(DEMO).orElseThrow();
  }

  private void await(Predicate<Cluster> wished) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    LiveState.Subscription subscription =
        state.subscribe(
            clusters -> {
              if (state.cluster(DEMO).map(ClusterSnapshot::cluster).filter(wished).isPresent()) {
                reached.countDown();
              }
            });
    try {
      assertTrue(
          "still " + state.cluster(DEMO).map(found -> found.cluster().connection()),
          reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } finally {
      subscription.close();
    }
  }

  private Map<String, Object> services() {
    Map<String, Object> ids = new TreeMap<>();
    for (Class<?> service :
        new Class<?>[] {
          ActionGate.class, LiveState.class, EventStream.class, ToolCatalogue.class
        }) {
      ids.put(service.getName(), context.getServiceReference(service).getProperty("service.id"));
    }
    return ids;
  }

  private Bundle find(String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
