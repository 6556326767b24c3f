package org.jarvis.gateway;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.chat.Answerer;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Conversations;
import org.jarvis.api.chat.Growth;
import org.jarvis.api.chat.Message;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.api.chat.Utterance;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.llm.ModelCapabilities;
import org.jarvis.api.llm.PriceList;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.TokenUsage;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;

/** Conversations in memory, in which an answer comes when the test says so. */
public final class FakeConversations implements Conversations {
  public static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  public static final Answerer CLAUDE =
      new Answerer(
          "claude",
          "Claude",
          "a-model",
          true,
          new TokenUsage(10L, 200L, 30L, 40L),
          new BigDecimal("0.0125"),
          "USD");

  public final List<Utterance> said = new CopyOnWriteArrayList<>();
  public final List<String> searches = new CopyOnWriteArrayList<>();
  public final Map<String, List<Watcher>> watches = new ConcurrentHashMap<>();

  /** What is answered once somebody waits for it; {@code null} where it goes on. */
  public volatile UnaryOperator<Conversation> answer;

  public volatile RuntimeException failure;
  public volatile Runnable beforeFinding = () -> {};
  private final Map<String, Conversation> all = new ConcurrentHashMap<>();

  public static Conversation conversation(String id, String owner, Message... messages) {
    return new Conversation(
        id, "New", owner, AT, AT, Conversation.State.IDLE, List.of(messages), 1);
  }

  public static Message user(String id, String words) {
    return new Message(
        id, Message.Role.USER, AT, List.of(new MessagePart.Words(words)), true, null);
  }

  public static Message answer(String id, boolean whole, MessagePart... parts) {
    return new Message(id, Message.Role.ASSISTANT, AT, List.of(parts), whole, CLAUDE);
  }

  public static MessagePart words(String words) {
    return new MessagePart.Words(words);
  }

  public static MessagePart call(String action, ActionState state) {
    return new MessagePart.ToolCall(
        "call-1",
        "stop_vm",
        "Shut down",
        new Arguments(Map.of("vmid", 101)),
        action,
        state,
        state == null ? null : Tier.RED,
        state == ActionState.AWAITING_APPROVAL ? "approval-1" : null,
        "It stands.",
        state == null ? null : Map.of("n", 1),
        AT,
        null);
  }

  /** The same with another message at its end, or in place of the last one of that id. */
  public static Conversation with(
      Conversation before, Conversation.State state, Message... messages) {
    List<Message> now = new ArrayList<>(before.messages());
    for (Message message : messages) {
      int last = now.size() - 1;
      if (last >= 0 && now.get(last).id().equals(message.id())) {
        now.set(last, message);
      } else {
        now.add(message);
      }
    }
    return new Conversation(
        before.id(),
        before.title(),
        before.owner(),
        before.createdAt(),
        before.changedAt(),
        state,
        now,
        before.revision() + 1);
  }

  /** Puts a conversation in place of the former, and tells who watches it. */
  public void put(Conversation conversation) {
    all.put(conversation.id(), conversation);
    watches.getOrDefault(conversation.id(), List.of()).forEach(Watcher::changed);
  }

  /** Words come to the last part of the last message, as they do while a model answers. */
  public Growth grow(String id, String words) {
    Conversation before = all.get(id);
    Message message = before.messages().get(before.messages().size() - 1);
    int part = message.parts().size() - 1;
    List<MessagePart> parts = new ArrayList<>(message.parts());
    parts.set(part, words(((MessagePart.Words) parts.get(part)).words() + words));
    Conversation now =
        with(
            before, before.state(), answer(message.id(), false, parts.toArray(MessagePart[]::new)));
    all.put(id, now);
    Growth growth = new Growth(now.revision(), message.id(), part, words);
    watches.getOrDefault(id, List.of()).forEach(watcher -> watcher.grew(growth));
    return growth;
  }

  public Conversation get(String id) {
    return all.get(id);
  }

  private Conversation require(String id, Principal principal) {
    failIfTold();
    return Optional.ofNullable(all.get(id))
        .filter(found -> found.owner().equals(principal.name()))
        .orElseThrow(() -> new JarvisException(ErrorCode.NOT_FOUND, "There is none."));
  }

  private void failIfTold() {
    RuntimeException told = failure;
    if (told != null) {
      throw told;
    }
  }

  @Override
  public List<Conversation.Summary> list(Principal principal, String containing, int limit) {
    failIfTold();
    searches.add(containing);
    return all.values().stream()
        .filter(each -> each.owner().equals(principal.name()))
        .map(
            each ->
                new Conversation.Summary(
                    each.id(),
                    each.title(),
                    each.createdAt(),
                    each.changedAt(),
                    each.state(),
                    each.messages().size()))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Conversation> find(String id, Principal principal) {
    failIfTold();
    beforeFinding.run();
    return Optional.ofNullable(all.get(id)).filter(found -> found.owner().equals(principal.name()));
  }

  @Override
  public Conversation create(Principal principal) {
    failIfTold();
    Conversation created = conversation("c" + (all.size() + 1), principal.name());
    put(created);
    return created;
  }

  @Override
  public Conversation say(String id, Utterance utterance, Principal principal) {
    Conversation before = require(id, principal);
    said.add(utterance);
    Conversation now =
        with(
            before,
            Conversation.State.RUNNING,
            user("m" + before.messages().size(), utterance.text()));
    put(now);
    return now;
  }

  @Override
  public Conversation stop(String id, Principal principal) {
    Conversation stopped = with(require(id, principal), Conversation.State.IDLE);
    put(stopped);
    return stopped;
  }

  @Override
  public Conversation rename(String id, String title, Principal principal) {
    Conversation before = require(id, principal);
    Conversation renamed =
        new Conversation(
            id,
            title,
            before.owner(),
            before.createdAt(),
            before.changedAt(),
            before.state(),
            before.messages(),
            before.revision() + 1);
    put(renamed);
    return renamed;
  }

  @Override
  public void delete(String id, Principal principal) {
    require(id, principal);
    all.remove(id);
    watches.getOrDefault(id, List.of()).forEach(Watcher::changed);
  }

  @Override
  public Conversation await(String id, Principal principal, Duration patience) {
    Conversation now = require(id, principal);
    if (answer != null) {
      now = answer.apply(now);
      put(now);
    }
    return now;
  }

  @Override
  public Watch watch(String id, Principal principal, Watcher watcher) {
    require(id, principal);
    List<Watcher> listeners = watches.computeIfAbsent(id, key -> new CopyOnWriteArrayList<>());
    listeners.add(watcher);
    return () -> listeners.remove(watcher);
  }

  @Override
  public List<ProviderDefinition> providers() {
    failIfTold();
    return List.of(
        new ProviderDefinition(
            "claude",
            "Claude",
            "a-model",
            "api.anthropic.com",
            true,
            new ModelCapabilities(200_000, 8_000, true),
            null),
        new ProviderDefinition(
            "built-in",
            "Built in",
            "rules",
            "",
            false,
            new ModelCapabilities(200_000, 8_000, true),
            PriceList.FREE));
  }
}
