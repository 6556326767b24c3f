package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.TerminalView;
import org.jarvis.api.host.TerminalView.News;
import org.jarvis.api.host.Terminals;
import org.jarvis.gateway.Part;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.TerminalEncoder;
import org.jspecify.annotations.Nullable;

/**
 * A client of {@code /ws/terminal}. It first says {@code {"type":"attach","secret":…,"after":…}};
 * the secret is used up by that, and the answer tells the next one. From then on it types, resizes,
 * and acknowledges what it has shown: what it does not is what slows the host down. {@code seq}
 * counts the UTF-16 units that the terminal has printed, up to the frame's end.
 */
final class TerminalChannel extends Channel {
  /** Small enough for a keystroke's echo to come soon after, large enough for a flood. */
  private static final int MOST_TEXT = 64 * 1024;

  private static final int MOST_ANSWERS = 64;
  private static final Duration ATTACH_LIMIT = Duration.ofSeconds(10);
  private static final String MESSAGE = "message";

  private final Part<Terminals> terminals;
  private final String id;
  private final Clock clock;
  private final Instant openedAt;

  /** Answers that wait for their turn. A client that makes more than it takes loses some. */
  private final BlockingQueue<ObjectNode> answers = new ArrayBlockingQueue<>(MOST_ANSWERS);

  private volatile @Nullable TerminalView view;

  /** Why it is to be closed, once the client has its answers. */
  private volatile @Nullable String refusal;

  private volatile long position;

  TerminalChannel(Caller caller, Outlet outlet, Clock clock, Part<Terminals> terminals, String id) {
    super(caller, outlet, clock);
    this.terminals = terminals;
    this.id = id;
    this.clock = clock;
    this.openedAt = clock.instant();
  }

  @Override
  void received(String text) {
    JsonNode frame = Json.untrusted(text).orElse(null);
    try {
      if (frame == null || !frame.isObject()) {
        throw malformed("A frame must be one JSON object.");
      }
      take(frame);
    } catch (JarvisException refused) {
      answer(frame("error").put("code", refused.code().code()).put(MESSAGE, refused.getMessage()));
      if (view == null) {
        refusal = refused.getMessage();
      }
    }
    if (!answers.isEmpty()) {
      pump();
    }
  }

  private void take(JsonNode frame) {
    if (refusal != null) {
      return;
    }
    String type = frame.path("type").asText();
    TerminalView attached = view;
    if (type.equals("attach")) {
      attach(frame);
    } else if (attached == null) {
      throw malformed("The first frame must be of type \"attach\", with the terminal's secret.");
    } else {
      take(type, frame, attached);
    }
  }

  private void take(String type, JsonNode frame, TerminalView attached) {
    switch (type) {
      case "input" -> attached.type(text(frame, "data"));
      case "ack" -> attached.acknowledge(number(frame, "seq"));
      case "resize" -> attached.resize(size(frame, "columns"), size(frame, "rows"));
      case "stay" -> attached.stay();
      case "ping" -> answer(frame("pong"));
      default ->
          throw malformed("A frame's type must be attach, input, ack, resize, stay or ping.");
    }
  }

  private void attach(JsonNode frame) {
    if (view != null) {
      throw malformed("This socket is attached already.");
    }
    long after = frame.hasNonNull("after") ? number(frame, "after") : -1;
    TerminalView attached =
        terminals
            .require()
            .attach(id, Secret.of(text(frame, "secret")), after, caller().principal(), this::pump);
    position = attached.position();
    answer(
        frame("opened")
            .put("secret", attached.nextSecret().reveal())
            .set("terminal", TerminalEncoder.encode(attached.terminal())));
    view = attached;
    if (isClosed()) {
      attached.detach();
    }
    pump();
  }

  private static String text(JsonNode frame, String field) {
    if (!frame.path(field).isTextual()) {
      throw malformed("The field \"" + field + "\" must be a text.");
    }
    return frame.path(field).textValue();
  }

  private static long number(JsonNode frame, String field) {
    JsonNode value = frame.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw malformed("The field \"" + field + "\" must be a whole number from 0.");
    }
    return value.longValue();
  }

  private static int size(JsonNode frame, String field) {
    return (int) Math.min(Integer.MAX_VALUE, number(frame, field));
  }

  private static JarvisException malformed(String message) {
    return new JarvisException(ErrorCode.MALFORMED_REQUEST, message);
  }

  private void answer(JsonNode answer) {
    if (answer instanceof ObjectNode frame && !answers.offer(frame)) {
      abandonAnswers();
    }
  }

  /** Who asks without ever taking an answer is dropped by the limit on sending. */
  private void abandonAnswers() {
    close("The client takes no answers.");
  }

  private ObjectNode frame(String type) {
    return Json.object().put("type", type).put("seq", position);
  }

  @Override
  @Nullable String next() {
    ObjectNode answer = answers.poll();
    if (answer != null) {
      return Json.text(answer);
    }
    String refused = refusal;
    if (refused != null) {
      close(refused);
      return null;
    }
    TerminalView attached = view;
    News news = attached == null ? null : attached.next(MOST_TEXT);
    return news == null ? null : Json.text(encode(news));
  }

  private ObjectNode encode(News news) {
    if (news instanceof News.Output output) {
      position = output.position();
      return frame("output").put("data", output.text());
    }
    if (news instanceof News.IdleWarning idle) {
      return frame("warning")
          .put("code", "idle")
          .put("endsAt", Json.time(idle.endsAt()))
          .put(MESSAGE, "Nothing was typed for long: the terminal is about to end.");
    }
    if (news instanceof News.RecordingStopped stopped) {
      return frame("warning").put("code", "recording-stopped").put(MESSAGE, stopped.reason());
    }
    if (news instanceof News.Ended ended) {
      close(ended.reason());
      return frame("ended").put("exitStatus", ended.exitStatus()).put("reason", ended.reason());
    }
    close("The terminal was attached to from elsewhere.");
    return frame("error")
        .put("code", "replaced")
        .put(MESSAGE, "The terminal was attached to from another page of this session.");
  }

  @Override
  String name() {
    return "terminal";
  }

  @Override
  String heartbeat() {
    if (view == null && clock.instant().isAfter(openedAt.plus(ATTACH_LIMIT))) {
      close("Nobody attached in time.");
    }
    return Json.text(frame("heartbeat").put("at", Json.time(clock.instant())));
  }

  @Override
  void left() {
    TerminalView attached = view;
    if (attached != null) {
      attached.detach();
    }
  }
}
