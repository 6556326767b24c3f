package org.jarvis.chat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jarvis.api.chat.Answerer;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.api.chat.MessagePart.ToolCall;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.RequestLimits;
import org.jarvis.api.llm.StopReason;
import org.jarvis.api.llm.TokenUsage;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.persistence.ConversationStore.StoredUsage;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn: asks a model, takes what it asks for to the gate, tells it what came of that, and so on
 * until it has answered, a person is awaited, or a limit is reached. Runs on one thread; can be
 * stopped from any.
 */
final class TurnRun implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(TurnRun.class);
  private static final String BROKEN =
      "It could not go on: Jarvis failed in an unexpected way; the log says more.";
  private static final int TRIES = 3;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final TurnParts parts;
  private final LiveTalk live;
  private final Voice voice;
  private final Instant deadline;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<String> passedOver = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private volatile Exchange exchange = new Exchange();
  private volatile String why = TurnParts.STOPPED;
  private volatile boolean stoppedByPerson;

  TurnRun(TurnParts parts, LiveTalk live, Voice voice) {
    this.parts = parts;
    this.live = live;
    this.voice = voice;
    this.deadline = parts.clock().instant().plus(parts.settings().get().timePerTurn());
  }

  @Override
  public void run() {
    try {
      goOn();
    } catch (JarvisException failure) {
      end("It could not go on: " + failure.getMessage());
    } catch (RuntimeException broken) {
      LOG.error("A turn of the conversation {} failed.", live.talk().id(), broken);
      end(BROKEN);
    } catch (Error broken) {
      // Whatever it is, nobody waits for an answer for ever because of it.
      LOG.error("A turn of the conversation {} failed.", live.talk().id(), broken);
      end(BROKEN);
      if (broken instanceof VirtualMachineError) {
        throw broken;
      }
    } finally {
      live.ended(this);
    }
  }

  /** It does not begin at all, for this reason. */
  void refuse(String reason) {
    try {
      end(reason);
    } finally {
      live.ended(this);
    }
  }

  /** A person stops it: what it asked for and waits for a person is withdrawn, too. */
  void stopForPerson() {
    stoppedByPerson = true;
    stop(TurnParts.STOPPED);
  }

  /** Nothing more is generated or asked for from now on, for this reason. */
  void stop(String reason) {
    why = reason;
    stopped.countDown();
    exchange.cancel();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void goOn() {
    while (true) {
      Optional<String> over = over();
      if (over.isPresent()) {
        end(over.get());
        return;
      }
      Answer answer = answer();
      if (answer == null) {
        return;
      }
      if (isLast(answer)) {
        return;
      }
      askTheGate();
      if (isStopped()) {
        endStopped();
        return;
      }
      if (entry().calls().stream().anyMatch(CallDesk::waits)) {
        awaitPerson();
        return;
      }
      results();
    }
  }

  /** Whoever stops it after this change finds it waiting, and before it the run. */
  private void awaitPerson() {
    AtomicBoolean late = new AtomicBoolean();
    live.change(
        talk -> {
          late.set(isStopped());
          return late.get() ? talk : talk.in(Conversation.State.AWAITING_APPROVAL);
        });
    if (late.get()) {
      endStopped();
    }
  }

  private void endStopped() {
    if (stoppedByPerson) {
      entry().calls().forEach(call -> parts.desk().withdraw(call, voice.speaker()));
      live.change(
          talk ->
              talk.with(talk.entries().size() - 1, parts.stopped(talk.last()))
                  .in(Conversation.State.IDLE));
      return;
    }
    results();
    end(why);
  }

  private static boolean isLast(Answer answer) {
    return answer.stop() != StopReason.TOOL_CALLS;
  }

  private Entry entry() {
    return live.talk().last();
  }

  private Optional<String> over() {
    if (isStopped()) {
      return Optional.of(why);
    }
    ChatSettings settings = parts.settings().get();
    if (!parts.clock().instant().isBefore(deadline)) {
      return Optional.of(
          "It took longer than a turn may (" + settings.timePerTurn().toSeconds() + " s).");
    }
    Answerer so = entry().answerer();
    if (so == null) {
      return Optional.empty();
    }
    if (so.cost() != null
        && so.cost().compareTo(settings.moneyPerTurn()) >= 0
        && so.cost().signum() > 0) {
      return Optional.of("It cost as much as a turn may (" + settings.moneyPerTurn() + ").");
    }
    long tokens =
        count(so.usage().input())
            + count(so.usage().cacheRead())
            + count(so.usage().cacheWrite())
            + count(so.usage().output());
    return tokens >= settings.tokensPerTurn()
        ? Optional.of("It used as many tokens as a turn may (" + settings.tokensPerTurn() + ").")
        : Optional.empty();
  }

  private static long count(@Nullable Long tokens) {
    return tokens == null ? 0 : tokens;
  }

  private static String remark(Answer answer) {
    return switch (answer.stop()) {
      case LENGTH -> "The answer became too long and was cut.";
      case CONTEXT_FULL -> "The conversation has become too long for the model. Begin a new one.";
      case REFUSED -> "The model declined to answer.";
      case END, TOOL_CALLS, OTHER -> answer.turn().isEmpty() ? "The model said nothing." : "";
    };
  }

  // Asking models.

  /** The answer of the first provider that gives one; {@code null} where the turn has ended. */
  private @Nullable Answer answer() {
    for (Providers.Known known : parts.providers().get()) {
      ProviderDefinition definition = known.definition();
      if (passedOver.contains(definition.id())) {
        continue;
      }
      Answer answer = ask(known.provider(), definition);
      if (answer != null) {
        return answer;
      }
      if (isStopped()) {
        end(why);
        return null;
      }
      passedOver.add(definition.id());
    }
    end(
        parts.providers().get().isEmpty()
            ? "Nobody can answer: no provider of models is there, not even the built-in one."
            : "Nobody could answer.");
    return null;
  }

  private @Nullable Answer ask(ModelProvider provider, ProviderDefinition definition) {
    ChatSettings settings = parts.settings().get();
    Duration wait = FIRST_WAIT;
    for (int attempt = 1; attempt <= TRIES && !isStopped(); attempt++) {
      RequestLimits limits = new RequestLimits(settings.answerTokens(), remaining());
      ModelRequest request = parts.context().build(live.talk(), definition.capabilities(), limits);
      BigDecimal most =
          Spending.most(
              definition,
              Tokens.of(request),
              Math.min(settings.answerTokens(), definition.capabilities().outputTokens()));
      Optional<String> refused = parts.spending().reserve(most, settings);
      if (refused.isPresent()) {
        note(refused.get());
        return null;
      }
      AnswerEvent end = exchange(provider, definition, request, most, settings);
      if (end instanceof AnswerEvent.Completed completed) {
        return accepted(definition, completed.answer());
      }
      ModelFailure failure = ((AnswerEvent.Failed) end).failure();
      if (isStopped()) {
        return null;
      }
      boolean spoke = keepWords();
      Duration asked = failure.retryAfter() == null ? wait : failure.retryAfter();
      if (!failure.retriable() || spoke || attempt == TRIES || asked.compareTo(LONGEST_WAIT) > 0) {
        note(
            definition.title()
                + (spoke ? " broke off: " : " could not answer: ")
                + failure.message());
        return null;
      }
      pause(asked);
      wait = wait.multipliedBy(2);
    }
    return null;
  }

  private Duration remaining() {
    Duration remaining = Duration.between(parts.clock().instant(), deadline);
    return remaining.compareTo(FIRST_WAIT) < 0 ? FIRST_WAIT : remaining;
  }

  private void pause(Duration wait) {
    try {
      if (stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }

  private AnswerEvent exchange(
      ModelProvider provider,
      ProviderDefinition definition,
      ModelRequest request,
      BigDecimal most,
      ChatSettings settings) {
    AnswerEvent end;
    BigDecimal cost = BigDecimal.ZERO;
    TokenUsage usage = TokenUsage.UNKNOWN;
    try {
      parts
          .ledger()
          .asked(
              live.talk().id(),
              voice.speaker().name(),
              definition,
              request,
              settings.recordsText());
      Exchange begun = new Exchange();
      exchange = begun;
      if (isStopped()) {
        return Exchange.failed(ModelFailure.Kind.CANCELLED, "It was stopped.");
      }
      // From here on the server may use up to what was reserved, whatever it tells of it.
      cost = most;
      live.hears(begun);
      try {
        end = begun.ask(provider, request, piece -> live.words(begun, piece));
      } finally {
        live.hears(null);
      }
      usage =
          end instanceof AnswerEvent.Completed completed
              ? completed.answer().usage()
              : ((AnswerEvent.Failed) end).usage();
      // A refusal costs nothing where the server does not say otherwise.
      cost =
          begun.refused(end) && usage.output() == null && usage.input() == null
              ? BigDecimal.ZERO
              : Spending.cost(definition, usage, most);
    } finally {
      settle(definition, most, cost, usage);
    }
    return end;
  }

  private void settle(
      ProviderDefinition definition, BigDecimal most, BigDecimal cost, TokenUsage usage) {
    if (definition.destination().isEmpty()) {
      return;
    }
    long input = count(usage.input()) + count(usage.cacheRead()) + count(usage.cacheWrite());
    parts
        .spending()
        .noted(
            most,
            cost,
            new StoredUsage(
                parts.clock().instant(),
                live.talk().id(),
                definition.id(),
                definition.model(),
                usage.input() == null ? -1 : input,
                usage.output() == null ? -1 : usage.output(),
                Spending.micro(cost),
                definition.priceList().map(prices -> prices.currency()).orElse("USD")));
  }

  /** Writes an answer down; one that asks for nothing ends the turn with the same stroke. */
  private Answer accepted(ProviderDefinition definition, Answer answer) {
    live.settle(
        (talk, soFar) -> { // The words that came are part of the whole answer.
          Entry entry = talk.last();
          List<MessagePart> shown = new ArrayList<>(entry.parts());
          String words = InertText.cut(InertText.lines(answer.text()), LiveTalk.MOST_WORDS);
          if (!words.isBlank()) {
            shown.add(new MessagePart.Words(words));
          }
          shown.addAll(
              parts.desk().plan(asked(answer), entry, parts.settings().get().callsPerTurn()));
          List<Turn> turns = new ArrayList<>(entry.turns());
          answer.turn().ifPresent(turns::add);
          Entry next =
              entry
                  .with(shown, turns, entry.parts().size())
                  .by(Credits.of(definition, answer, entry.answerer()));
          int place = talk.entries().size() - 1;
          return isLast(answer) ? ended(talk, next, remark(answer)) : talk.with(place, next);
        });
    return answer;
  }

  private static List<AnswerPart.Asking> asked(Answer answer) {
    return answer.parts().stream()
        .filter(AnswerPart.Asking.class::isInstance)
        .map(AnswerPart.Asking.class::cast)
        .toList();
  }

  // What models ask for.

  private void askTheGate() {
    List<ToolCall> calls = entry().calls();
    parts
        .desk()
        .run(
            calls,
            voice,
            () -> !isStopped() && parts.clock().instant().isBefore(deadline),
            this::shown);
    // What was shown piece by piece is written down at once, before anybody waits for a person.
    live.change(
        talk -> talk.with(talk.entries().size() - 1, talk.last().withParts(talk.last().parts())));
  }

  private void shown(ToolCall call) {
    if (call.action() != null && !CallDesk.rests(call)) {
      parts.waiting().accept(call.action(), live.talk().id());
      // The action's id is written down before it is waited for: after a crash it is found by it.
      try {
        live.change(talk -> talk.with(talk.entries().size() - 1, talk.last().with(call)));
      } catch (JarvisException unwritable) {
        // There is an action nevertheless: it is told as it is, and nothing more is begun.
        live.show(talk -> talk.with(talk.entries().size() - 1, talk.last().with(call)));
        stop("It could not go on: " + unwritable.getMessage());
      }
    } else {
      live.show(talk -> talk.with(talk.entries().size() - 1, talk.last().with(call)));
    }
  }

  private void results() {
    live.change(talk -> talk.with(talk.entries().size() - 1, parts.answered(talk.last())));
  }

  // Words of Jarvis's own.

  /** Keeps words that came before it broke off; false where none did. */
  private boolean keepWords() {
    AtomicBoolean spoke = new AtomicBoolean();
    live.settle(
        (talk, words) -> {
          spoke.set(!words.isBlank());
          return keeping(talk, words);
        });
    return spoke.get();
  }

  private static Talk keeping(Talk talk, String words) {
    if (words.isBlank()) {
      return talk;
    }
    List<MessagePart> shown = new ArrayList<>(talk.last().parts());
    shown.add(new MessagePart.Words(words));
    return talk.with(
        talk.entries().size() - 1, talk.last().with(shown, talk.last().turns(), shown.size()));
  }

  private void note(String words) {
    if (told.add(words)) {
      live.change(talk -> talk.with(talk.entries().size() - 1, talk.last().noting(words)));
    }
  }

  private void end(String remark) {
    try {
      live.settle((talk, words) -> ended(keeping(talk, words), remark));
    } catch (JarvisException unwritable) {
      LOG.warn("The end of a turn cannot be written down: {}", unwritable.getMessage());
      live.show(talk -> ended(keeping(talk, live.takeWords()), unwritable.getMessage()));
    } catch (RuntimeException broken) {
      LOG.error("The end of a turn cannot be written down.", broken);
      live.show(talk -> ended(keeping(talk, live.takeWords()), BROKEN));
    }
  }

  private static Talk ended(Talk talk, String remark) {
    return ended(talk, talk.last(), remark);
  }

  private static Talk ended(Talk talk, Entry last, String remark) {
    Entry entry = remark.isEmpty() ? last : last.noting(remark);
    return talk.with(talk.entries().size() - 1, entry.finished()).in(Conversation.State.IDLE);
  }
}
