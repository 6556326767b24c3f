package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Conversations;
import org.jarvis.api.chat.Growth;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.Part;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of {@code /ws/chat}. It says which conversation it shows: {@code
 * {"type":"show","conversation":id}}, {@code null} for none; of this it gets all, and then what
 * changes, as soon as it does.
 *
 * <p>Whatever wakes it, the conversation is read on another thread: the chat, which may wait for
 * its storage, holds up neither whoever tells of a change nor the beat of all clients. Many changes
 * are one look. Words that come to an answer take none: they are passed on as they are told.
 */
final class ChatChannel extends Channel {
  private static final Logger LOG = LoggerFactory.getLogger(ChatChannel.class);
  private static final int LONGEST_ID = 128;
  private static final Sighting NOTHING = new Sighting.Nothing();

  private final Part<Conversations> conversations;
  private final Executor lookers;
  private final Clock clock;
  private final ConversationFrames frames = new ConversationFrames();
  private final AtomicInteger due = new AtomicInteger();
  private volatile Wish wish = new Wish(0, null);
  private final LatestWords latest = new LatestWords();
  private volatile Look look = new Look(0, NOTHING);

  /** Who was asked last; {@code null} when nobody was there. */
  private volatile @Nullable Conversations asked;

  /** Used by looks alone, of which there is one at a time, as the next two. */
  private @Nullable Watched watched;

  private int answered;

  /** Grows with each wish and with each watch: then all is told anew. */
  private int line;

  /** What the client wants to see. */
  private record Wish(int number, @Nullable String conversation) {}

  /** What was to be seen, and since when the client has been told of it. */
  private record Look(int line, Sighting sighting) {}

  /** A watch that is open. */
  private record Watched(
      Conversations service, String conversation, int line, Conversations.Watch watch) {}

  /** What is told by one watch. */
  private record Told(ChatChannel channel, int line) implements Conversations.Watcher {
    @Override
    public void changed() {
      channel.lookSoon();
    }

    @Override
    public void grew(Growth growth) {
      if (channel.latest.add(line, growth)) {
        channel.pump();
      } else {
        channel.lookSoon();
      }
    }
  }

  ChatChannel(
      Caller caller,
      Outlet outlet,
      Clock clock,
      Part<Conversations> conversations,
      Executor lookers) {
    super(caller, outlet, clock);
    this.clock = clock;
    this.conversations = conversations;
    this.lookers = lookers;
  }

  @Override
  void received(String text) {
    JsonNode frame = Json.untrusted(text).orElse(null);
    if (frame == null || !frame.path("type").asText().equals("show")) {
      return;
    }
    JsonNode id = frame.path("conversation");
    if (id.isNull() || (id.isTextual() && id.textValue().length() <= LONGEST_ID)) {
      wish = new Wish(wish.number() + 1, id.textValue());
      lookSoon();
    }
  }

  /** Looks again where the chat has come or gone, or could not be asked. */
  void lookIfDue() {
    if (look.sighting() instanceof Sighting.Away || conversations.find().orElse(null) != asked) {
      lookSoon();
    }
  }

  /** Returns at once. What calls this while somebody looks makes for one more look. */
  private void lookSoon() {
    if (due.getAndIncrement() == 0) {
      submit();
    }
  }

  private void submit() {
    try {
      lookers.execute(this::lookAndTell);
    } catch (RejectedExecutionException leaving) {
      LOG.debug("No look any more: the gateway is leaving.", leaving);
    }
  }

  private void lookAndTell() {
    int taken = due.get();
    try {
      look = looked();
      pump();
    } finally {
      if (due.addAndGet(-taken) != 0) {
        submit();
      }
    }
  }

  private Look looked() {
    Wish now = wish;
    if (now.number() != answered) {
      answered = now.number();
      line++;
    }
    Conversations service = conversations.find().orElse(null);
    asked = service;
    String id = isClosed() ? null : now.conversation();
    Watched open = watched;
    if (open != null && (open.service() != service || !open.conversation().equals(id))) {
      unwatch();
    }
    Sighting sighting = id == null ? NOTHING : sighting(service, id);
    return new Look(line, sighting);
  }

  private Sighting sighting(@Nullable Conversations service, String id) {
    if (service == null) {
      return new Sighting.Away(conversations.absence());
    }
    try {
      Watched open = watched;
      if (open == null) {
        // Before the conversation is read, so that no change comes between.
        open = watch(service, id);
        watched = open;
      }
      Optional<Conversation> found = service.find(id, caller().principal());
      if (found.isPresent()) {
        latest.seen(open.line(), found.get().revision());
        return new Sighting.Present(found.get());
      }
    } catch (JarvisException failure) {
      if (failure.code() != ErrorCode.NOT_FOUND) {
        unwatch();
        return new Sighting.Away(failure.getMessage());
      }
    } catch (RuntimeException | LinkageError failure) {
      LOG.debug("The chat could not be asked.", failure);
      unwatch();
      return new Sighting.Away(conversations.absence());
    }
    unwatch();
    return new Sighting.Gone(id);
  }

  private Watched watch(Conversations service, String id) {
    line++;
    return new Watched(
        service, id, line, service.watch(id, caller().principal(), new Told(this, line)));
  }

  private void unwatch() {
    Watched open = watched;
    watched = null;
    if (open != null) {
      try {
        open.watch().close();
      } catch (RuntimeException | LinkageError failure) {
        LOG.debug("A watch could not be closed: its bundle has left.", failure);
      }
    }
  }

  @Override
  @Nullable String next() {
    Look now = look;
    ObjectNode frame = frames.next(now.line(), now.sighting());
    if (frame == null) {
      Growth growth = latest.take(frames.revision());
      if (growth != null) {
        frame = frames.next(growth);
        if (frame == null) {
          // Words that fit nothing of what the client has: another look tells what there is.
          lookSoon();
        }
      }
    }
    return frame == null ? null : Json.text(frame);
  }

  @Override
  String name() {
    return "chat";
  }

  @Override
  String heartbeat() {
    return Json.text(
        Json.object()
            .put("type", "heartbeat")
            .put("seq", frames.seq())
            .put("at", Json.time(clock.instant())));
  }

  @Override
  void left() {
    // The look finds it closed, and closes the watch.
    lookSoon();
  }
}
