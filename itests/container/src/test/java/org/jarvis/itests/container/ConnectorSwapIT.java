package org.jarvis.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
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
  private static final int SWAPS = 3;
  private static final int MANY = 1000;
  private static final long PATIENCE_SECONDS = 60;

  @Inject private BundleContext context;
  @Inject private LiveState state;
  @Inject private EventStream events;
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
    Patience.await(this::snapshot, known -> known.details().keySet().containsAll(guests(known)));
    ClusterSnapshot known = snapshot();
    Map<String, Object> before = services();
    Bundle connector = find(CONNECTOR);
    OpenPage page = OpenPage.open(authenticator);
    page.await("\"connection\":\"live\"");
    long from = events.head();

    Readers readers = new Readers(page);
    for (int swap = 0; swap < SWAPS; swap++) {
      connector.stop();
      await(cluster -> cluster.connection() == Cluster.Connection.MISSING);
      assertTrue(String.valueOf(snapshot().cluster().reason()).contains("connector"));
      assertNothingLost(known);
      page.await("\"connection\":\"missing\"");

      connector.update();
      connector.start();
      await(cluster -> cluster.connection() == Cluster.Connection.LIVE);
      assertNothingLost(known);
      page.await("\"connection\":\"live\"");
    }
    readers.end();

    assertTrue("the page's socket was never closed", page.isOpen());
    assertUnbroken(page.steps());
    assertEquals("no other service was restarted", before, services());
    // An event is recorded after the state that it tells of has changed.
    List<String> told =
        Patience.await(
            () -> events.after(from, MANY).stream().map(RecordedEvent::type).toList(),
            types -> types.stream().filter("cluster.connection"::equals).count() >= 2 * SWAPS);
    assertTrue(
        "nothing happened to a guest: " + told,
        told.stream().noneMatch(type -> type.startsWith("guest.")));
  }

  private void assertNothingLost(ClusterSnapshot known) {
    ClusterSnapshot now = snapshot();
    assertEquals(known.guests().keySet(), now.guests().keySet());
    assertEquals("each guest is who it was", known.incarnations(), now.incarnations());
    known
        .details()
        .forEach(
            (ref, details) -> {
              Set<Aspect> missing = new TreeSet<>(details.all().keySet());
              missing.removeAll(now.details(ref).all().keySet());
              assertTrue(ref + " lost " + missing, missing.isEmpty());
            });
  }

  private static Set<ResourceRef> guests(ClusterSnapshot known) {
    return known.guests().values().stream().map(Guest::ref).collect(Collectors.toSet());
  }

  /** Each delta follows the message before it; what is no delta repeats its number. */
  private static void assertUnbroken(List<OpenPage.Step> steps) {
    assertEquals("snapshot", steps.get(0).type());
    for (int i = 1; i < steps.size(); i++) {
      long expected = steps.get(i - 1).seq() + (steps.get(i).type().equals("delta") ? 1 : 0);
      assertEquals("after " + steps.subList(0, i), expected, steps.get(i).seq());
    }
  }

  /** People who read over REST all the while; what is known needs no connector. */
  private static final class Readers {
    private static final List<String> PATHS =
        List.of(
            "/api/clusters",
            "/api/resources",
            "/api/resources/pve:demo:guest:102",
            "/api/events",
            "/api/health");

    private final ExecutorService threads = Executors.newFixedThreadPool(PATHS.size());
    private final List<Future<Integer>> reading = new ArrayList<>();
    private volatile boolean ended;

    Readers(OpenPage page) {
      PATHS.forEach(path -> reading.add(threads.submit(() -> read(page, path))));
    }

    private int read(OpenPage page, String path) throws Exception {
      int count = 0;
      while (!ended) {
        assertEquals(path, 200, page.read(path));
        count++;
      }
      return count;
    }

    /** Fails when a read did. */
    void end() throws Exception {
      ended = true;
      threads.shutdown();
      for (Future<Integer> reader : reading) {
        assertTrue("reads enough", reader.get(PATIENCE_SECONDS, TimeUnit.SECONDS) >= SWAPS);
      }
    }
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
