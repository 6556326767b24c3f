package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.connector.proxmox.http.Access;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiToken;
import org.jarvis.connector.proxmox.http.Timeouts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long the cluster is not read anew when the member that was asked so far falls ill, with the
 * time-outs of production and in real time. A machine that is busy with something else can only
 * make a trial longer, so it is measured against the readings before, and the best of a few counts.
 */
class DelayByOthersTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration ALLOWED = Duration.ofSeconds(1);
  private static final Duration SLOWLY = Duration.ofSeconds(3);
  private static final int TRIALS = 5;
  private static final int READINGS = 8;

  /** What can be wrong with a member. */
  enum Illness {
    /** It refuses connections, and those that are open end. */
    DEAD,
    /** It accepts connections and requests, and never answers. */
    SILENT,
    /** It answers each request after some seconds. */
    SLOW,
    /** What is sent to it is lost. */
    CUT_OFF
  }

  private final List<AutoCloseable> open = new ArrayList<>();

  private FakeMember member() {
    FakeMember member = new FakeMember(CERTIFICATE);
    open.add(member);
    Stream.of("version", "cluster_status", "cluster_resources", "cluster_tasks")
        .forEach(name -> member.on("GET /" + name.replace('_', '/'), "get-" + name));
    return member;
  }

  @ParameterizedTest
  @EnumSource(Illness.class)
  void oneMembersIllnessDelaysTheOthersByLessThanASecond(Illness illness) throws Exception {
    List<Duration> delays = new ArrayList<>();
    do {
      delays.add(delayBy(illness));
    } while (delays.get(delays.size() - 1).compareTo(ALLOWED) >= 0 && delays.size() < TRIALS);

    assertThat(delays)
        .as("longest gaps between two readings beyond the usual")
        .anyMatch(delay -> delay.compareTo(ALLOWED) < 0);
  }

  private Duration delayBy(Illness illness) throws Exception {
    FakeMember asked = member();
    FakeMember other = member();
    RecordingRegistry registry = new RecordingRegistry();
    ScheduledThreadPoolExecutor schedule = new ScheduledThreadPoolExecutor(2);
    WatchedCluster cluster = watch(List.of(asked, other), registry, schedule);
    try {
      registry.observation();
      Duration usual = longestGap(registry);
      fallIll(asked, illness);
      registry.forgetObservations();
      Duration gap = longestGap(registry);
      assertThat(registry.failures()).isZero();
      return gap.minus(usual.compareTo(INTERVAL) > 0 ? usual : INTERVAL);
    } finally {
      cluster.close(DetachReason.CONNECTOR_LEAVING);
      schedule.shutdownNow();
      for (AutoCloseable closeable : open) {
        closeable.close();
      }
      open.clear();
    }
  }

  private static Duration longestGap(RecordingRegistry registry) {
    long last = System.nanoTime();
    long longest = 0;
    for (int i = 0; i < READINGS; i++) {
      registry.observation();
      long now = System.nanoTime();
      longest = Math.max(longest, now - last);
      last = now;
    }
    return Duration.ofNanos(longest);
  }

  private static WatchedCluster watch(
      List<FakeMember> members, RecordingRegistry registry, ScheduledThreadPoolExecutor schedule) {
    ClusterSettings settings =
        new ClusterSettings(
            new ClusterId("home"),
            "org.jarvis.connector.proxmox~home",
            members.stream().map(FakeMember::address).toList(),
            new Access(
                new ApiToken("jarvis@pve!ro", Secret.of("s")),
                Set.of(CERTIFICATE.fingerprint()),
                "etc/home.cfg"),
            new Whereabouts.Outside(),
            INTERVAL);
    WatchedCluster cluster =
        new WatchedCluster(
            settings,
            registry,
            new ApiClient("test", settings.addresses(), settings.access(), Timeouts.DEFAULT),
            schedule,
            Clock.systemUTC(),
            Pace.DEFAULT,
            Duration.ZERO,
            reason -> {});
    cluster.open();
    return cluster;
  }

  private void fallIll(FakeMember member, Illness illness) {
    List<String> calls =
        List.of(
            "GET /version", "GET /cluster/status", "GET /cluster/resources", "GET /cluster/tasks");
    switch (illness) {
      case DEAD -> member.close();
      case SILENT -> calls.forEach(call -> member.on(call, request -> FakeMember.SILENCE));
      case SLOW ->
          calls.forEach(
              call -> {
                String recorded = "get-" + call.substring(5).replace('/', '_');
                member.on(call, request -> slowly(recorded));
              });
      case CUT_OFF -> {
        int port = member.address().getPort();
        member.close();
        loseWhatIsSentTo(port);
      }
    }
  }

  private static byte[] slowly(String recorded) {
    try {
      boolean never = new CountDownLatch(1).await(SLOWLY.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(never).isFalse();
      return Recorded.reply(recorded);
    } catch (InterruptedException over) {
      throw new IllegalStateException(over);
    }
  }

  /** Linux drops what would begin a connection for which there is no place in the queue. */
  private void loseWhatIsSentTo(int port) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      ServerSocket full = new ServerSocket();
      open.add(full);
      full.setReuseAddress(true);
      full.bind(address, 1);
      for (int i = 0; i < 10; i++) {
        Socket waiting = new Socket();
        open.add(waiting);
        try {
          waiting.connect(address, 200);
        } catch (SocketTimeoutException lost) {
          return;
        }
      }
      throw new AssertionError("The queue has no end.");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
