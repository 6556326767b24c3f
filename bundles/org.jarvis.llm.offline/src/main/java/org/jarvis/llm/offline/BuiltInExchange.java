package org.jarvis.llm.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.TokenUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One question: answers in pieces on one thread, unless it is ended before. */
final class BuiltInExchange implements ModelExchange, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(BuiltInExchange.class);

  private final Supplier<Answer> answering;
  private final Consumer<AnswerEvent> events;
  private final AtomicReference<Kind> ended = new AtomicReference<>();

  BuiltInExchange(Supplier<Answer> answering, Consumer<AnswerEvent> events) {
    this.answering = answering;
    this.events = events;
  }

  @Override
  public void cancel() {
    end(Kind.CANCELLED);
  }

  /** The thread that answers sees it before its next piece, and tells it as the last. */
  void end(Kind why) {
    ended.compareAndSet(null, why);
  }

  @Override
  public void run() {
    try {
      events.accept(tell());
    } catch (RuntimeException thrown) {
      LOG.debug("A consumer of an answer of the built-in provider failed.", thrown);
    }
  }

  /** Tells all but the last event, which it returns. */
  private AnswerEvent tell() {
    Kind early = ended.get();
    if (early != null) {
      return failed(ModelFailure.of(early, early.sentence()));
    }
    Answer answer;
    try {
      answer = answering.get();
    } catch (RuntimeException unexpected) {
      LOG.warn("The built-in provider failed to answer.", unexpected);
      return failed(
          ModelFailure.of(Kind.SERVER_ERROR, "The built-in provider failed; the log says how."));
    }
    for (AnswerEvent piece : pieces(answer)) {
      Kind why = ended.get();
      if (why != null) {
        return failed(ModelFailure.of(why, why.sentence()));
      }
      events.accept(piece);
    }
    Kind why = ended.get();
    return why == null
        ? new AnswerEvent.Completed(answer)
        : failed(ModelFailure.of(why, why.sentence()));
  }

  private static AnswerEvent failed(ModelFailure failure) {
    return new AnswerEvent.Failed(failure, TokenUsage.UNKNOWN);
  }

  private static List<AnswerEvent> pieces(Answer answer) {
    List<AnswerEvent> pieces = new ArrayList<>();
    Pieces.of(answer.text()).forEach(text -> pieces.add(new AnswerEvent.TextDelta(text)));
    for (AnswerPart.Call call : answer.calls()) {
      pieces.add(new AnswerEvent.CallBegun(call.name()));
    }
    return pieces;
  }
}
