package org.jarvis.chat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Conversations;
import org.jarvis.api.chat.Message;
import org.jarvis.api.chat.MessagePart.ToolCall;
import org.jarvis.api.chat.Utterance;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.persistence.ConversationStore.StoredConversation;
import org.jarvis.api.persistence.PreferenceStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All conversations: those that go on or are looked at in memory, the others in the storage. Begins
 * turns, and goes on with those that waited for a person. Safe from any thread.
 */
final class TalkKeeper implements Conversations {
  private static final Logger LOG = LoggerFactory.getLogger(TalkKeeper.class);
  private static final int AT_HAND = 64;
  private static final int LONGEST_TITLE = 60;
  private static final String CUT =
      "Jarvis was started anew while it answered. Ask again to go on.";
  private static final String CONFIRM = "chat.confirm";
  private static final String WRITES = "\"writes\"";

  private final ConversationStore store;
  private final PreferenceStore preferences;
  private final TurnParts parts;
  private final Executor turns;
  private final Map<String, LiveTalk> atHand = new LinkedHashMap<>(AT_HAND, 0.75F, true);

  /**
   * All that anybody still holds, at hand or not: while somebody is about to change one, no second
   * copy of it is read. Only with {@link #atHand} locked.
   */
  private final Map<String, WeakReference<LiveTalk>> held = new HashMap<>();

  /** The conversations of actions that have not ended, by the action's id. */
  private final Map<String, String> waiting;

  /**
   * Conversations that this storage keeps.
   *
   * @param parts what turns need; tells of actions that have not ended
   * @param waiting where these are noted
   * @param turns what turns run on
   */
  TalkKeeper(
      ConversationStore store,
      PreferenceStore preferences,
      TurnParts parts,
      Map<String, String> waiting,
      Executor turns) {
    this.store = store;
    this.preferences = preferences;
    this.parts = parts;
    this.waiting = waiting;
    this.turns = turns;
  }

  static Map<String, String> nobodyWaits() {
    return new ConcurrentHashMap<>();
  }

  // Life of the whole.

  /**
   * Takes up what an earlier life left: answers that were cut, and turns that wait for a person.
   */
  void resume() {
    for (StoredConversation head : store.inState(Conversation.State.RUNNING.name())) {
      each(
          head.id(),
          () -> {
            LiveTalk live = live(head);
            // What was begun since then goes on.
            live.change(
                talk ->
                    talk.state() == Conversation.State.RUNNING && live.running() == null
                        ? interrupted(talk, CUT)
                        : talk);
          });
    }
    for (StoredConversation head : store.inState(Conversation.State.AWAITING_APPROVAL.name())) {
      each(
          head.id(), () -> live(head).talk().last().calls().forEach(call -> note(call, head.id())));
    }
    look();
  }

  /** Does something with one conversation, which holds up no other one where it cannot be done. */
  private static void each(String conversation, Runnable work) {
    try {
      work.run();
    } catch (JarvisException unreadable) {
      LOG.warn("The conversation {} cannot go on: {}", conversation, unreadable.getMessage());
    } catch (RuntimeException broken) {
      LOG.error("The conversation {} cannot go on.", conversation, broken);
    }
  }

  /** A conversation in which nobody is at work any more, with a note that says why. */
  private Talk interrupted(Talk talk, String why) {
    int last = talk.entries().size() - 1;
    if (last < 0 || talk.last().role() == Message.Role.USER) {
      return talk.in(Conversation.State.IDLE);
    }
    Entry entry = talk.last();
    for (ToolCall call : entry.calls()) {
      ToolCall now = parts.desk().now(call);
      if (now.state() == null) {
        now = parts.desk().interrupted(call);
      }
      note(now, talk.id());
      entry = entry.with(now);
    }
    boolean asks = entry.calls().stream().anyMatch(call -> !CallDesk.rests(call));
    return asks
        ? talk.with(last, entry).in(Conversation.State.AWAITING_APPROVAL)
        : talk.with(last, parts.answered(entry).noting(why).finished()).in(Conversation.State.IDLE);
  }

  private void note(ToolCall call, String conversation) {
    if (call.action() != null && !CallDesk.rests(call)) {
      waiting.put(call.action(), conversation);
    }
  }

  /** Ends what goes on, since Jarvis or this bundle ends. */
  void end() {
    List<LiveTalk> all;
    synchronized (atHand) {
      all = List.copyOf(atHand.values());
    }
    for (LiveTalk live : all) {
      TurnRun run = live.running();
      if (run != null) {
        run.stop(CUT);
      }
    }
  }

  /** Looks how the actions stand that somebody waits for; one call at a time. */
  synchronized void look() {
    waiting.forEach(
        (action, conversation) ->
            each(
                conversation,
                () ->
                    store
                        .find(conversation)
                        .map(this::live)
                        .ifPresent(live -> look(live, action))));
  }

  private void look(LiveTalk live, String action) {
    TurnRun running = live.running();
    if (running != null) {
      return; // It looks itself.
    }
    boolean known = false;
    Talk talk = live.talk();
    for (int i = talk.entries().size() - 1; i >= 0 && !known; i--) {
      for (ToolCall call : all(talk.entries().get(i))) {
        if (action.equals(call.action())) {
          known = true;
          ToolCall now = parts.desk().now(call);
          int place = i;
          if (!now.equals(call)) {
            live.change(one -> one.with(place, one.entries().get(place).with(now)));
          }
          if (CallDesk.rests(now)) {
            waiting.remove(action);
          }
        }
      }
    }
    if (!known) {
      waiting.remove(action);
    }
    goOn(live);
  }

  private static List<ToolCall> all(Entry entry) {
    return entry.parts().stream()
        .filter(ToolCall.class::isInstance)
        .map(ToolCall.class::cast)
        .toList();
  }

  /** Goes on with a turn for which nobody has to be awaited any longer. */
  private void goOn(LiveTalk live) {
    Talk talk = live.talk();
    if (talk.state() != Conversation.State.AWAITING_APPROVAL
        || !talk.last().calls().stream().allMatch(CallDesk::rests)) {
      return;
    }
    // What was typed before the wait speaks for nothing any more.
    TurnRun run = new TurnRun(parts, live, new Voice(talk.speaker(), null));
    boolean goesOn =
        live.begin(
            run,
            // Somebody may have said something meanwhile, and is answered already.
            one ->
                one.state() == Conversation.State.AWAITING_APPROVAL
                    ? one.with(one.entries().size() - 1, parts.answered(one.last()))
                        .in(Conversation.State.RUNNING)
                    : one);
    if (goesOn) {
      begin(live, run);
    }
  }

  private void begin(LiveTalk live, TurnRun run) {
    try {
      turns.execute(
          () -> {
            run.run();
            lookAfter(live);
          });
    } catch (RejectedExecutionException full) {
      run.refuse("Too many conversations go on at once. Say it again soon.");
    }
  }

  /** What was decided while the turn still ran was not looked at then. */
  private synchronized void lookAfter(LiveTalk live) {
    String conversation = live.talk().id();
    waiting.forEach(
        (action, its) -> {
          if (its.equals(conversation)) {
            each(conversation, () -> look(live, action));
          }
        });
  }

  // What people do.

  @Override
  public List<Conversation.Summary> list(Principal principal, String containing, int limit) {
    String owner = principal.name();
    List<StoredConversation> heads =
        containing.isBlank()
            ? store.of(owner, limit)
            : store.containing(owner, containing.strip(), limit);
    return heads.stream()
        .map(
            head ->
                new Conversation.Summary(
                    head.id(),
                    head.title(),
                    head.createdAt(),
                    head.changedAt(),
                    Conversation.State.valueOf(head.state()),
                    head.messages()))
        .toList();
  }

  @Override
  public Optional<Conversation> find(String id, Principal principal) {
    return own(id, principal).map(LiveTalk::view);
  }

  @Override
  public Conversation create(Principal principal) {
    if (store.of(principal.name(), MOST).size() >= MOST) {
      throw new JarvisException(
          ErrorCode.CONFLICT, "There are " + MOST + " conversations. Delete some of them.");
    }
    Instant now = parts.clock().instant();
    Talk talk =
        new Talk(
            UUID.randomUUID().toString(),
            Talk.UNTITLED,
            false,
            principal.name(),
            principal,
            now,
            now,
            Conversation.State.IDLE,
            List.of());
    store.put(TalkCodec.head(talk), List.of());
    return keep(new LiveTalk(store, talk)).view();
  }

  @Override
  public Conversation say(String id, Utterance utterance, Principal principal) {
    LiveTalk live = require(id, principal);
    Instant now = parts.clock().instant();
    TurnRun run = new TurnRun(parts, live, new Voice(principal, typed(utterance, principal)));
    boolean begins =
        live.begin(
            run,
            talk -> {
              if (talk.state() == Conversation.State.RUNNING) {
                throw new JarvisException(
                    ErrorCode.CONFLICT, "Jarvis still answers. Wait for the end, or stop it.");
              }
              if (talk.entries().size() + 2 > MOST_MESSAGES) {
                throw new JarvisException(
                    ErrorCode.CONFLICT,
                    "The conversation has " + MOST_MESSAGES + " messages. Begin a new one.");
              }
              Talk before =
                  talk.state() == Conversation.State.AWAITING_APPROVAL
                      ? talk.with(talk.entries().size() - 1, parts.answered(talk.last()).finished())
                      : talk;
              Talk titled =
                  before.named() || !before.title().equals(Talk.UNTITLED)
                      ? before
                      : before.titled(Inert.line(utterance.text(), LONGEST_TITLE), false);
              return titled.saying(
                  principal,
                  now,
                  Entry.said(UUID.randomUUID().toString(), now, utterance.text()),
                  Entry.answering(UUID.randomUUID().toString(), now));
            });
    if (!begins) {
      throw noSuchConversation();
    }
    Conversation said = live.view();
    begin(live, run);
    return said;
  }

  /** The words that may speak for a small change. Fails closed. */
  private @Nullable String typed(Utterance utterance, Principal principal) {
    if (!utterance.typed() || !principal.isPerson()) {
      return null;
    }
    try {
      return preferences.value(principal.name(), CONFIRM).filter(WRITES::equals).isPresent()
          ? null
          : utterance.text();
    } catch (JarvisException unreadable) {
      LOG.warn("Whether changes are to be confirmed cannot be read, so they are.");
      return null;
    }
  }

  @Override
  public Conversation stop(String id, Principal principal) {
    LiveTalk live = require(id, principal);
    TurnRun run = live.running();
    if (run != null) {
      run.stopForPerson();
    } else if (live.talk().state() == Conversation.State.RUNNING) {
      // Nobody is at work on it, and nobody would ever end it.
      live.change(
          one ->
              one.state() == Conversation.State.RUNNING && live.running() == null
                  ? interrupted(one, TurnParts.STOPPED)
                  : one);
    }
    Talk talk = live.talk();
    if (talk.state() == Conversation.State.AWAITING_APPROVAL) {
      talk.last().calls().forEach(call -> parts.desk().withdraw(call, principal));
      live.change(this::withdrawn);
    }
    // A person may have decided meanwhile, so that the turn went on.
    TurnRun further = live.running();
    if (further != null) {
      further.stopForPerson();
    }
    return live.view();
  }

  /** A conversation that waited, and waits no longer; one that went on meanwhile as it is. */
  private Talk withdrawn(Talk talk) {
    if (talk.state() != Conversation.State.AWAITING_APPROVAL) {
      return talk;
    }
    return talk.with(talk.entries().size() - 1, parts.stopped(talk.last()))
        .in(Conversation.State.IDLE);
  }

  @Override
  public Conversation rename(String id, String title, Principal principal) {
    LiveTalk live = require(id, principal);
    String line = Inert.line(title, Conversation.MAX_TITLE);
    if (line.isEmpty()) {
      throw new JarvisException(ErrorCode.INVALID_INPUT, "A title is not empty.");
    }
    live.change(talk -> talk.titled(line, true));
    return live.view();
  }

  @Override
  public void delete(String id, Principal principal) {
    LiveTalk live = require(id, principal);
    stop(id, principal);
    live.delete().ifPresent(TurnRun::stopForPerson);
    synchronized (atHand) {
      atHand.remove(id);
      held.remove(id);
    }
    // Not before: whoever is told looks at once, and must not find it any more.
    live.gone();
    waiting.values().removeIf(id::equals);
  }

  @Override
  public Conversation await(String id, Principal principal, Duration patience)
      throws InterruptedException {
    LiveTalk live = require(id, principal);
    live.await(patience);
    return live.view();
  }

  @Override
  public Watch watch(String id, Principal principal, Watcher watcher) {
    LiveTalk live = require(id, principal);
    live.watch(watcher);
    return () -> live.unwatch(watcher);
  }

  @Override
  public List<ProviderDefinition> providers() {
    return parts.providers().get().stream().map(Providers.Known::definition).toList();
  }

  // Where they are.

  private LiveTalk require(String id, Principal principal) {
    return own(id, principal).orElseThrow(TalkKeeper::noSuchConversation);
  }

  private static JarvisException noSuchConversation() {
    return new JarvisException(
        ErrorCode.NOT_FOUND, "There is no such conversation. GET /api/conversations lists yours.");
  }

  private Optional<LiveTalk> own(String id, Principal principal) {
    LiveTalk known;
    synchronized (atHand) {
      known = known(id);
    }
    Optional<LiveTalk> found = known == null ? store.find(id).map(this::live) : Optional.of(known);
    return found.filter(live -> live.talk().owner().equals(principal.name()));
  }

  private LiveTalk live(StoredConversation head) {
    synchronized (atHand) {
      LiveTalk known = known(head.id());
      return known == null
          ? keep(new LiveTalk(store, TalkCodec.talk(head, store.messages(head.id()))))
          : known;
    }
  }

  private @Nullable LiveTalk known(String id) {
    LiveTalk known = atHand.get(id);
    if (known != null) {
      return known;
    }
    WeakReference<LiveTalk> reference = held.get(id);
    LiveTalk still = reference == null ? null : reference.get();
    return still == null ? null : keep(still);
  }

  private LiveTalk keep(LiveTalk live) {
    synchronized (atHand) {
      atHand.put(live.talk().id(), live);
      held.values().removeIf(reference -> reference.refersTo(null));
      held.put(live.talk().id(), new WeakReference<>(live));
      if (atHand.size() > AT_HAND) {
        atHand
            .values()
            .removeIf(
                one ->
                    atHand.size() > AT_HAND
                        && one != live
                        && one.running() == null
                        && !one.isWatched()
                        && one.talk().state() == Conversation.State.IDLE);
      }
      return live;
    }
  }
}
