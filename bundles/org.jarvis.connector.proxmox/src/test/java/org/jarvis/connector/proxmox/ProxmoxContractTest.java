package org.jarvis.connector.proxmox;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.connector.proxmox.http.Access;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiToken;
import org.jarvis.connector.proxmox.http.Timeouts;
import org.jarvis.testkit.connector.ConnectorContract;
import org.jarvis.testkit.connector.WatchedSystem;
import org.jarvis.testkit.connector.WritingMethod;

/** What is asked of every connector is true for this one. */
class ProxmoxContractTest extends ConnectorContract<WatchedCluster> {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final String THREADS = "proxmox-contract";
  private static final Pace BRISK =
      new Pace(
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  @Override
  protected WatchedSystem system() {
    return new OperableNode();
  }

  @Override
  protected WatchedCluster open(WatchedSystem system, ClusterRegistry registry) {
    ClusterSettings settings =
        new ClusterSettings(
            new ClusterId("home"),
            "org.jarvis.connector.proxmox~home",
            List.of(((OperableNode) system).address()),
            new Access(
                new ApiToken(OperableNode.ACCOUNT, Secret.of(OperableNode.SECRET)),
                Set.of(OperableNode.CERTIFICATE.fingerprint()),
                "etc/home.cfg"),
            new Whereabouts.Unknown(),
            Duration.ofSeconds(1));
    WatchedCluster cluster =
        new WatchedCluster(
            settings,
            registry,
            new ApiClient(
                THREADS,
                settings.addresses(),
                settings.access(),
                new Timeouts(SHORT, SHORT, SHORT, SHORT)),
            new ScheduledThreadPoolExecutor(3),
            Clock.systemUTC(),
            BRISK,
            Duration.ZERO,
            obstacle -> {});
    cluster.open();
    return cluster;
  }

  @Override
  protected void leave(WatchedCluster cluster, DetachReason reason) {
    cluster.close(reason);
  }

  @Override
  protected Set<WritingMethod> abilities() {
    return EnumSet.allOf(WritingMethod.class);
  }

  @Override
  protected boolean isOfTheSystem(Thread thread) {
    // The JDK's HTTP client cannot be closed before 21; its selector ends once nobody refers to it.
    return thread.getName().equals(OperableNode.THREAD)
        || thread.getName().startsWith("HttpClient-");
  }
}
