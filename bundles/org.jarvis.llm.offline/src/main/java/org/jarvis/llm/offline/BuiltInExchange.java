package org.jarvis.llm.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.TokenUsage;
import org.jarvis.api.llm.provider.EventQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One question: answered in pieces on one thread, unless it is ended before from another. */
final class BuiltInExchange implements ModelExchange, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(BuiltInExchange.class);

  private final Supplier<Answer> answering;
  private final EventQueue events;

  BuiltInExchange(Supplier<Answer> answering, Consumer<AnswerEvent> consumer) {
    this.answering = answering;
    this.events = new EventQueue(consumer, this::cancel);
  }

  @Override
  public void cancel() {
    end(Kind.CANCELLED);
  }

  /** Tells the last event, unless there was one; nothing more comes after it. */
  void end(Kind why) {
    fail(ModelFailure.of(why, why.sentence()));
  }

  private void fail(ModelFailure failure) {
    events.finish(new AnswerEvent.Failed(failure, TokenUsage.UNKNOWN), true);
  }

  @Override
  public void run() {
    if (events.isOver()) {
      return;
    }
    Answer answer;
    try {
      answer = answering.get();
    } catch (RuntimeException | LinkageError | StackOverflowError unexpected) {
      // Of what it reads much is another bundle's, which may be leaving at this moment.
      LOG.warn("The built-in provider failed to answer.", unexpected);
      fail(ModelFailure.of(Kind.SERVER_ERROR, "The built-in provider failed; the log says how."));
      return;
    }
    pieces(answer).forEach(events::tell);
    events.finish(new AnswerEvent.Completed(answer), false);
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
