package org.jarvis.gateway.socket;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.EventEncoder;
import org.jarvis.gateway.json.Precision;
import org.jarvis.gateway.json.ResourceEncoder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the live channels going: follows the live state and the event stream as they come and go,
 * beats once a second, and closes what belongs to a session that has ended.
 */
@Component(service = LiveFeeds.class)
public final class LiveFeeds {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeeds.class);
  private static final int MAX_CHANNELS = 2000;
  private static final int MAX_PER_CREDENTIAL = 1500;
  private static final int CHECK_EVERY_BEATS = 4;
  private static final int ATTEND_EVERY_BEATS = 30;

  /** More than one, so that a conversation that is slow to read does not hold up the others. */
  private static final int CHAT_THREADS = 4;

  private static final int SLICES = 10;
  private static final Duration FAREWELL = Duration.ofMillis(500);
  private static final long FAREWELL_STEP_MILLIS = 5;
  private static final int GOING_AWAY = 1001;
  private static final String LEAVING =
      "This part of Jarvis is being stopped or replaced; connect again in a moment.";

  private final Parts parts;
  private final SessionEndings endings;
  private final Clock clock;
  private final RunningActions running;
  private final ClusterFeed clusters;

  /** Used by the worker alone. */
  private final ClusterPainter painter = new ClusterPainter();

  private final EventFeed events;
  private final PanelFeed panels;
  private final ScreenFeed screen;
  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
  private final Consumer<String> sessionEnded = this::closeChannelsOf;
  private final AtomicBoolean refreshDue = new AtomicBoolean();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "jarvis-live-feeds"));

  private final ExecutorService attention = unhurried("jarvis-attention");
  private final ExecutorService panelists = unhurried("jarvis-panel-feed");

  private final ExecutorService lookers =
      Executors.newFixedThreadPool(CHAT_THREADS, task -> thread(task, "jarvis-chat-feed"));

  private final AtomicBoolean attendDue = new AtomicBoolean();

  /** The kinds of failures that the log has. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private final ScheduledFuture<?> beating;
  private @Nullable LiveState followed;
  private LiveState.@Nullable Subscription subscription;
  private final AtomicLong dropped = new AtomicLong();
  private long beats;
  private long slices;

  /** Feeds of these parts. */
  @Activate
  public LiveFeeds(@Reference Parts parts, @Reference SessionEndings endings) {
    this(parts, endings, Clock.systemUTC(), Duration.ofSeconds(1));
  }

  LiveFeeds(Parts parts, SessionEndings endings, Clock clock, Duration beat) {
    this.parts = parts;
    this.endings = endings;
    this.clock = clock;
    this.running = new RunningActions(parts.gate());
    this.clusters = new ClusterFeed(clock);
    this.events = new EventFeed(parts.events(), new EventEncoder(parts), clock, this::told);
    this.panels = new PanelFeed(parts.panels(), clock);
    this.screen = new ScreenFeed(parts.screen(), this::requestRefresh);
    endings.listen(sessionEnded);
    this.beating =
        worker.scheduleAtFixedRate(
            this::slice, 0, Math.max(1, beat.toMillis() / SLICES), TimeUnit.MILLISECONDS);
  }

  /** Does no more than one call later what it could not do in time. */
  private static ExecutorService unhurried(String name) {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(1),
        task -> thread(task, name),
        new ThreadPoolExecutor.DiscardOldestPolicy());
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Deactivate
  void deactivate() throws InterruptedException {
    endings.forget(sessionEnded);
    beating.cancel(false);
    channels.forEach(channel -> channel.close(LEAVING));
    awaitFarewells();
    worker.shutdownNow();
    attention.shutdownNow();
    panelists.shutdownNow();
    channels.forEach(channel -> channel.abandon(GOING_AWAY, LEAVING));
    // What they watch is closed there.
    lookers.shutdown();
    if (!lookers.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
      lookers.shutdownNow();
    }
    leaveLiveState();
    events.leave();
    screen.leave();
  }

  /** Gives the last messages a moment to get out. */
  private void awaitFarewells() throws InterruptedException {
    long end = System.nanoTime() + FAREWELL.toNanos();
    while (System.nanoTime() < end && channels.stream().anyMatch(open -> !open.isClosed())) {
      TimeUnit.MILLISECONDS.sleep(FAREWELL_STEP_MILLIS);
    }
  }

  /** Tells of resources as they stand now. */
  public ResourceEncoder encoder(Precision precision) {
    return new ResourceEncoder(
        clock.instant(), precision, parts.protection().find(), running.byTarget());
  }

  /** How many sockets are open, by what they are called. */
  public Map<String, Long> open() {
    Map<String, Long> counts =
        new TreeMap<>(Map.of("cluster", 0L, "events", 0L, "chat", 0L, "terminal", 0L));
    channels.forEach(channel -> counts.merge(channel.name(), 1L, Long::sum));
    return counts;
  }

  /** How many were closed because their client was too slow. */
  public long dropped() {
    return dropped.get();
  }

  /** Whether another client of this credential can be served. */
  boolean hasRoom(Caller caller) {
    String credential = caller.principal().credential();
    return channels.size() < MAX_CHANNELS
        && channels.stream()
                .filter(channel -> channel.caller().principal().credential().equals(credential))
                .limit(MAX_PER_CREDENTIAL)
                .count()
            < MAX_PER_CREDENTIAL;
  }

  /** Serves a new client of {@code /ws/cluster}; {@code after} is negative when it knows none. */
  Channel openClusterChannel(Caller caller, Outlet outlet, long after) {
    return opened(new ClusterChannel(caller, outlet, clock, clusters, after));
  }

  /** Serves a new client of {@code /ws/events}; {@code after} is negative when it knows none. */
  Channel openEventChannel(Caller caller, Outlet outlet, long after) {
    return opened(new EventChannel(caller, outlet, clock, events, panels, screen, after));
  }

  /** Serves a new client of {@code /ws/terminal}, for the terminal of this id. */
  Channel openTerminalChannel(Caller caller, Outlet outlet, String id) {
    return opened(new TerminalChannel(caller, outlet, clock, parts.terminals(), id));
  }

  /** Serves a new client of {@code /ws/chat}. */
  Channel openChatChannel(Caller caller, Outlet outlet) {
    return opened(new ChatChannel(caller, outlet, clock, parts.conversations(), lookers));
  }

  /**
   * Takes up what clients say that they show, and looks at it, so that its details are read before
   * others; what is shown for longer than that lasts stays looked at. Connectors are called here,
   * on a thread of its own: one that holds it up does not hold up the beat.
   */
  private void attend() {
    try {
      List<ClusterChannel> clients = new ArrayList<>();
      boolean changed = attendDue.getAndSet(false);
      for (Channel channel : channels) {
        if (channel instanceof ClusterChannel client) {
          changed |= client.takeUp();
          clients.add(client);
        }
      }
      if (changed) {
        Set<ResourceRef> shown = Attention.of(clients);
        if (!shown.isEmpty()) {
          parts.readings().find().ifPresent(readings -> readings.attend(shown));
        }
      }
    } catch (RuntimeException | LinkageError failure) {
      tell("What clients show could not be looked at.", failure);
    }
  }

  /** Takes up which panels clients show, has these asked, and tells what they answered. */
  private void lookAtPanels() {
    try {
      List<EventChannel> clients = new ArrayList<>();
      for (Channel channel : channels) {
        if (channel instanceof EventChannel client) {
          client.takeUp();
          clients.add(client);
        }
      }
      panels.look(Attention.ofPanels(clients));
      clients.forEach(Channel::pump);
    } catch (RuntimeException | LinkageError failure) {
      tell("What panels show could not be told.", failure);
    }
  }

  /** A client has gone. */
  void gone(Channel channel) {
    channel.gone();
    channels.remove(channel);
  }

  private Channel opened(Channel channel) {
    channels.add(channel);
    requestRefresh();
    return channel;
  }

  private void closeChannelsOf(String credential) {
    for (Channel channel : channels) {
      if (channel.caller().principal().credential().equals(credential)) {
        channel.close("The session has ended.");
      }
    }
  }

  private void told(RecordedEvent event) {
    if (event.type().startsWith("action.") || event.type().startsWith("approval.")) {
      running.changed();
      requestRefresh();
    }
    for (Channel channel : channels) {
      channel.pump();
    }
  }

  /** Looks at the live state soon, on the worker; requests that come meanwhile are one. */
  private void requestRefresh() {
    if (refreshDue.compareAndSet(false, true)) {
      try {
        worker.execute(this::refresh);
      } catch (RejectedExecutionException leaving) {
        LOG.debug("No refresh any more: the gateway is leaving.", leaving);
      }
    }
  }

  private void refresh() {
    refreshDue.set(false);
    try {
      LiveState state = parts.liveState().find().orElse(null);
      if (state != null && !channels.isEmpty()) {
        clusters.show(painter.paint(state.clusters(), encoder(Precision.DISPLAYED)));
      }
      channels.forEach(Channel::pump);
    } catch (RuntimeException | LinkageError failure) {
      tell("The live state could not be told.", failure);
    }
  }

  /**
   * Once a beat what concerns all, and each client once a beat, but not all of them at once: a
   * thousand heartbeats together would hold up an event that comes meanwhile.
   */
  private void slice() {
    try {
      int slice = (int) (slices++ % SLICES);
      if (slice == 0) {
        beat();
      }
      Map<String, Boolean> checked = new HashMap<>();
      for (Channel channel : channels) {
        if (Math.floorMod(System.identityHashCode(channel), SLICES) == slice) {
          tick(channel, checked);
        }
      }
    } catch (RuntimeException | LinkageError failure) {
      // A connector or the core may be half gone; the beat goes on, or it would never come back.
      tell("A beat of the live channels failed.", failure);
    }
  }

  /** Each kind once: what fails in every beat would fill the log. */
  private void tell(String what, Throwable failure) {
    if (told.add(what + failure.getClass().getName())) {
      LOG.error("{} Further failures of this kind are not logged.", what, failure);
    } else {
      LOG.debug("{}", what, failure);
    }
  }

  private void beat() {
    followLiveState();
    screen.follow();
    if (events.follow()) {
      // Nobody told of what happened until now.
      running.changed();
    }
    // Also without news: things grow stale by time alone.
    refresh();
    beats++;
    if (beats % ATTEND_EVERY_BEATS == 0) {
      attendDue.set(true);
    }
    attention.execute(this::attend);
    panelists.execute(this::lookAtPanels);
    for (Channel channel : channels) {
      if (channel instanceof ChatChannel client) {
        client.lookIfDue();
      }
    }
    channels.removeIf(Channel::isClosed);
  }

  private void tick(Channel channel, Map<String, Boolean> checked) {
    if (beats % CHECK_EVERY_BEATS == 0) {
      checkCredentials(channel, checked);
    }
    if (channel.tick()) {
      dropped.incrementAndGet();
    }
  }

  /** Also finds sessions and tokens that ended without anybody telling; each is asked for once. */
  private static void checkCredentials(Channel channel, Map<String, Boolean> checked) {
    Caller caller = channel.caller();
    try {
      boolean good =
          checked.computeIfAbsent(
              caller.principal().credential(), id -> caller.stillGood().getAsBoolean());
      if (!good) {
        channel.close("The session or token has ended.");
      }
    } catch (RuntimeException | LinkageError unknown) {
      LOG.debug("Whether a session still lasts cannot be told at the moment.", unknown);
    }
  }

  private void followLiveState() {
    LiveState present = parts.liveState().find().orElse(null);
    if (present == followed) {
      return;
    }
    leaveLiveState();
    followed = present;
    if (present != null) {
      subscription = present.subscribe(snapshots -> requestRefresh());
    }
  }

  private void leaveLiveState() {
    if (subscription != null) {
      subscription.close();
    }
    subscription = null;
    followed = null;
  }
}
