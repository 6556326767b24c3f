package org.jarvis.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jarvis.chat.ChatHouse.ADA;
import static org.jarvis.chat.ChatHouse.EVE;
import static org.jarvis.chat.ChatHouse.TOKEN;
import static org.jarvis.chat.ScriptedModel.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.chat.Answerer;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Conversation.State;
import org.jarvis.api.chat.Conversations;
import org.jarvis.api.chat.Growth;
import org.jarvis.api.chat.Message;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.api.chat.MessagePart.ToolCall;
import org.jarvis.api.chat.Utterance;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.StopReason;
import org.jarvis.api.llm.Turn;
import org.junit.jupiter.api.Test;

class TalkKeeperTest {
  private final ChatHouse house = new ChatHouse();

  private static Message last(Conversation talk) {
    return talk.messages().get(talk.messages().size() - 1);
  }

  private static List<ToolCall> calls(Conversation talk) {
    return last(talk).parts().stream()
        .filter(ToolCall.class::isInstance)
        .map(ToolCall.class::cast)
        .toList();
  }

  private static List<String> notices(Conversation talk) {
    return last(talk).parts().stream()
        .filter(MessagePart.Notice.class::isInstance)
        .map(MessagePart::words)
        .toList();
  }

  // Answers.

  @Test
  void keepsWhatWasSaidAndWhoAnswered() {
    house.model(ScriptedModel.abroad("claude", ScriptedModel.PRICES).says("All is well."));

    Conversation talk = house.says("How are things?");

    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(talk.title()).isEqualTo("How are things?");
    assertThat(last(talk).text()).isEqualTo("All is well.");
    assertThat(last(talk).whole()).isTrue();
    Answerer who = Objects.requireNonNull(last(talk).answerer());
    assertThat(who.title()).isEqualTo("claude");
    assertThat(who.cost()).isEqualByComparingTo("0.002");
    assertThat(house.restart().find(talk.id(), ADA).orElseThrow().messages())
        .isEqualTo(talk.messages());
  }

  @Test
  void writesAnAnswerAndItsEndDownAtOnce() {
    house.model(ScriptedModel.free("own")).says("All is well.");
    String id = house.keeper.create(ADA).id();
    house.store.states.clear();

    house.says(id, "How are things?");

    assertThat(house.store.states).containsExactly("RUNNING", "IDLE");
  }

  /** Puts the last message together of what it is told, as a page does. */
  private final class Onlooker implements Conversations.Watcher {
    final List<String> seen = new ArrayList<>();
    final List<String> there = new ArrayList<>();
    final List<Growth> growths = new ArrayList<>();
    private final String id;

    Onlooker(String id) {
      this.id = id;
      house.keeper.watch(id, ADA, this);
    }

    @Override
    public void changed() {
      seen.add(last(house.talk(id)).text());
      there.add(last(house.talk(id)).text());
    }

    @Override
    public void grew(Growth growth) {
      growths.add(growth);
      seen.add(seen.get(seen.size() - 1) + growth.words());
      Conversation now = house.talk(id);
      boolean of = now.revision() == growth.revision() && last(now).id().equals(growth.message());
      there.add(of ? last(now).parts().get(growth.part()).words() : "another");
    }
  }

  @Test
  void tellsWatchersOfEachPiece() {
    String id = house.keeper.create(ADA).id();
    house
        .model(ScriptedModel.free("own"))
        .does(
            (request, events) -> {
              events.accept(new AnswerEvent.TextDelta("All "));
              events.accept(new AnswerEvent.TextDelta("is\u202E "));
              events.accept(new AnswerEvent.TextDelta("\u202E"));
              events.accept(new AnswerEvent.TextDelta("well."));
              events.accept(
                  Exchange.failed(ModelFailure.Kind.INVALID_REQUEST, "The model is tired."));
            });
    Onlooker onlooker = new Onlooker(id);

    house.says(id, "Well?");

    assertThat(onlooker.seen).contains("All ", "All is ", "All is well.");
    assertThat(onlooker.seen).isEqualTo(onlooker.there);
    assertThat(onlooker.growths).extracting(Growth::words).containsExactly("is ", "well.");
    long before = onlooker.growths.get(0).revision();
    assertThat(onlooker.growths.get(1).revision()).isEqualTo(before + 1);
    assertThat(last(house.talk(id)).text()).contains("All is well.", "tired");
  }

  @Test
  void goesOnWhereAWatcherFails() {
    String id = house.keeper.create(ADA).id();
    house
        .model(ScriptedModel.free("own"))
        .does(
            (request, events) -> {
              events.accept(new AnswerEvent.TextDelta("All "));
              events.accept(new AnswerEvent.TextDelta("is well."));
              events.accept(
                  new AnswerEvent.Completed(
                      new Answer(
                          List.of(new AnswerPart.Text("All is well.")),
                          StopReason.END,
                          ScriptedModel.USAGE,
                          "own-model",
                          null)));
            });
    house.keeper.watch(
        id,
        ADA,
        new Conversations.Watcher() {
          @Override
          public void changed() {
            throw new IllegalStateException("half gone");
          }

          @Override
          public void grew(Growth growth) {
            throw new NoClassDefFoundError("gone");
          }
        });
    Onlooker onlooker = new Onlooker(id);

    Conversation talk = house.says(id, "Well?");

    assertThat(last(talk).text()).isEqualTo("All is well.");
    assertThat(onlooker.seen).contains("All is well.");
  }

  @Test
  void takesWishesToTheGateAndTellsWhatCameOfThem() {
    ScriptedModel model =
        house
            .model(ScriptedModel.free("own"))
            .calls(
                new AnswerPart.Opaque("own", "thinking"),
                call("a", "get_vms"),
                call("b", "get_storage", "node", "pve1"))
            .says("Two guests.");

    Conversation talk = house.says("What is there?");

    assertThat(house.requests)
        .allSatisfy(
            request -> {
              assertThat(request.origin()).isEqualTo(Origin.CHAT);
              assertThat(request.principal()).isEqualTo(ADA);
              assertThat(request.typed()).isNull();
            });
    assertThat(model.outcomes()).extracting(Turn.ToolOutcome::callId).containsExactly("a", "b");
    assertThat(model.outcomes().get(0).text()).contains("SUCCEEDED", "get_vms is done");
    assertThat(calls(talk)).extracting(ToolCall::state).containsOnly(ActionState.SUCCEEDED);
    assertThat(last(talk).text()).isEqualTo("Two guests.");
  }

  @Test
  void tellsTheModelWhatIsNoCall() {
    ScriptedModel model =
        house
            .model(ScriptedModel.free("own"))
            .calls(
                new AnswerPart.UnusableCall("a", "format_disk", "Nobody offered that."),
                call("b", "delete_everything"))
            .says("I cannot.");

    Conversation talk = house.says("Do it.");

    assertThat(house.requests).isEmpty();
    assertThat(model.outcomes()).allMatch(Turn.ToolOutcome::error);
    assertThat(model.outcomes().get(0).text()).contains("Nobody offered that.");
    assertThat(model.outcomes().get(1).text()).contains("There is no tool delete_everything");
    assertThat(calls(talk)).extracting(ToolCall::state).containsOnly(ActionState.REFUSED);
  }

  @Test
  void tellsOfAnActionThatRunsEvenWhereThatCannotBeWrittenDown() {
    house.verdicts.put("start_vm", ActionState.RUNNING);
    house.meanwhile = house.store::breakDown;
    house
        .model(ScriptedModel.free("own"))
        .calls(call("a", "start_vm", "vmid", 101), call("b", "stop_vm", "vmid", 102));
    String id = house.keeper.create(ADA).id();

    house.keeper.say(id, new Utterance("Start media, stop the other.", false), ADA);

    List<ToolCall> calls = calls(house.talk(id));
    assertThat(calls.get(0).action()).isEqualTo("action-1");
    assertThat(calls.get(0).state()).isEqualTo(ActionState.RUNNING);
    assertThat(calls.get(1).state()).isEqualTo(ActionState.REFUSED);
    assertThat(house.requests).hasSize(1);
    assertThat(notices(house.talk(id))).anyMatch(words -> words.contains("disk is full"));
  }

  @Test
  void tellsOfAnActionThatRunsEvenWhereItCannotBeWaitedFor() {
    house.verdicts.put("start_vm", ActionState.RUNNING);
    house.waitingFails = true;
    house
        .model(ScriptedModel.free("own"))
        .calls(call("a", "start_vm", "vmid", 101))
        .says("It is starting.");
    String id = house.keeper.create(ADA).id();

    house.keeper.say(id, new Utterance("Start media.", false), ADA);

    assertThat(calls(house.talk(id)).get(0).action()).isEqualTo("action-1");
    assertThat(calls(house.talk(id)).get(0).state()).isEqualTo(ActionState.RUNNING);
  }

  @Test
  void stopsWhatIsAskedForAgainAndAgain() {
    ScriptedModel model = house.model(ScriptedModel.free("own"));
    for (int i = 0; i < 4; i++) {
      model.calls(call("c" + i, "get_vms", "node", "pve1"));
    }
    model.says("I give up.");

    house.says("Look.");

    assertThat(house.requests).hasSize(2);
    assertThat(model.outcomes().get(0).text()).contains("the answer will not be another one");
  }

  @Test
  void boundsTheCallsOfATurn() {
    house.settings = Map.of(ChatSettings.CALLS, "2");
    ScriptedModel model =
        house
            .model(ScriptedModel.free("own"))
            .calls(
                call("a", "get_vms", "n", 1),
                call("b", "get_vms", "n", 2),
                call("c", "get_vms", "n", 3))
            .says("Enough.");

    house.says("Look.");

    assertThat(house.requests).hasSize(2);
    assertThat(model.outcomes().get(2).text()).contains("No more than 2 tools");
  }

  // What waits for a person.

  @Test
  void waitsForAPersonAndGoesOnWithTheOutcome() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    ScriptedModel model =
        house
            .model(ScriptedModel.free("own"))
            .calls(call("a", "get_vms"), call("b", "stop_vm", "vmid", 101))
            .says("It is off.");

    Conversation waits = house.says("Stop media.");
    assertThat(waits.state()).isEqualTo(State.AWAITING_APPROVAL);
    ToolCall asked = calls(waits).get(1);
    assertThat(asked.approval()).isEqualTo("approval-action-2");

    house.becomes("action-2", ActionState.RUNNING);
    assertThat(house.talk(waits.id()).state()).isEqualTo(State.AWAITING_APPROVAL);
    house.becomes("action-2", ActionState.SUCCEEDED);

    Conversation talk = house.talk(waits.id());
    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(last(talk).text()).isEqualTo("It is off.");
    assertThat(model.outcomes().get(1).text()).contains("stop_vm is done");
  }

  @Test
  void goesOnWhereAPersonDecidesWhileTheTurnStillRuns() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    house.meanwhile = () -> house.becomes("action-1", ActionState.SUCCEEDED);
    house
        .model(ScriptedModel.free("own"))
        .calls(call("a", "stop_vm", "vmid", 101), call("b", "start_vm", "vmid", 102))
        .says("Both are done.");

    Conversation talk = house.says("Do both.");

    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(last(talk).text()).isEqualTo("Both are done.");
  }

  @Test
  void withdrawsWhatWaitsWhereAPersonStopsTheTurnThatAskedForIt() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    String id = house.keeper.create(ADA).id();
    house.meanwhile = () -> house.keeper.stop(id, ADA);
    house
        .model(ScriptedModel.free("own"))
        .calls(call("a", "stop_vm", "vmid", 101), call("b", "start_vm", "vmid", 102));

    house.keeper.say(id, new Utterance("Do both.", false), ADA);

    Conversation talk = house.talk(id);
    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(calls(talk))
        .extracting(ToolCall::state)
        .containsExactly(ActionState.CANCELLED, ActionState.SUCCEEDED);
    assertThat(notices(talk)).containsExactly("Stopped.");
  }

  @Test
  void leavesWhatWaitsWhereJarvisEnds() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    String id = house.keeper.create(ADA).id();
    house.meanwhile = () -> house.keeper.end();
    house
        .model(ScriptedModel.free("own"))
        .calls(call("a", "stop_vm", "vmid", 101), call("b", "start_vm", "vmid", 102));

    house.keeper.say(id, new Utterance("Do both.", false), ADA);

    assertThat(house.actions.get("action-1").state()).isEqualTo(ActionState.AWAITING_APPROVAL);
  }

  @Test
  void tellsTheModelThatAPersonSaidNo() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    ScriptedModel model =
        house
            .model(ScriptedModel.free("own"))
            .calls(call("b", "stop_vm", "vmid", 101))
            .says("As you wish.");
    house.says("Stop media.");

    house.becomes("action-1", ActionState.REJECTED);

    assertThat(model.outcomes().get(0).error()).isTrue();
    assertThat(model.outcomes().get(0).text()).contains("REJECTED");
  }

  @Test
  void goesOnAfterARestartAndAsksForNothingTwice() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    house.model(ScriptedModel.free("own")).calls(call("b", "stop_vm", "vmid", 101)).says("Off.");
    Conversation waits = house.says("Stop media.");

    house.restart();
    assertThat(house.talk(waits.id()).state()).isEqualTo(State.AWAITING_APPROVAL);
    house.becomes("action-1", ActionState.SUCCEEDED);

    assertThat(last(house.talk(waits.id())).text()).isEqualTo("Off.");
    assertThat(house.requests).hasSize(1);
  }

  @Test
  void wasDecidedWhileJarvisWasAway() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    house.model(ScriptedModel.free("own")).calls(call("b", "stop_vm", "vmid", 101)).says("Off.");
    Conversation waits = house.says("Stop media.");
    TalkKeeper old = house.keeper;

    house.keeper = house.restart();
    house.becomes("action-1", ActionState.EXPIRED);

    assertThat(house.keeper).isNotSameAs(old);
    assertThat(last(house.talk(waits.id())).text()).isEqualTo("Off.");
    assertThat(calls(house.talk(waits.id())).get(0).state()).isEqualTo(ActionState.EXPIRED);
  }

  @Test
  void isReadableAfterADeathInMidAnswer() {
    String id = house.keeper.create(ADA).id();
    // The turn never gets a thread: to the storage that is a death right after it was recorded.
    house.turns = work -> {};
    house.says(id, "Start media.");

    Conversation talk = house.restart().find(id, ADA).orElseThrow();

    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(talk.messages()).hasSize(2);
    assertThat(notices(talk))
        .containsExactly("Jarvis was started anew while it answered. Ask again to go on.");
  }

  @Test
  void takesUpTheOthersWhereOneConversationCannotBeRead() {
    house.turns = work -> {};
    Conversation unreadable = house.says("One.");
    Conversation other = house.says("Two.");
    house.store.unreadable.add(unreadable.id());

    house.restart();

    assertThat(house.talk(other.id()).state()).isEqualTo(State.IDLE);
  }

  @Test
  void looksAtTheOthersWhereOneConversationCannotGoOn() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    house
        .model(ScriptedModel.free("own"))
        .calls(call("a", "stop_vm", "vmid", 101))
        .calls(call("b", "stop_vm", "vmid", 102))
        .says("Off.");
    house.says("Stop one.");
    Conversation other = house.says("Stop another.");
    house.unreadable.add("action-1");

    house.becomes("action-2", ActionState.SUCCEEDED);

    assertThat(last(house.talk(other.id())).text()).isEqualTo("Off.");
  }

  @Test
  void takesNothingUpThatBeganSince() {
    List<Runnable> later = new ArrayList<>();
    house.turns = later::add;
    house.model(ScriptedModel.free("own")).says("All is well.");
    Conversation talk = house.says("Well?");

    house.keeper.resume();
    assertThat(house.talk(talk.id()).state()).isEqualTo(State.RUNNING);
    later.forEach(Runnable::run);

    assertThat(last(house.talk(talk.id())).text()).isEqualTo("All is well.");
  }

  @Test
  void endsATurnWhateverIsThrown() {
    house.meanwhile =
        () -> {
          throw new NoClassDefFoundError("gone");
        };
    house.model(ScriptedModel.free("own")).calls(call("a", "start_vm", "vmid", 101));

    Conversation talk = house.says("Start media.");

    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(notices(talk)).anyMatch(words -> words.contains("failed in an unexpected way"));
  }

  @Test
  void asksForNothingAgainWhereItIsNotKnownWhetherItWasAskedFor() {
    String id = house.keeper.create(ADA).id();
    ScriptedModel model =
        house.model(ScriptedModel.free("own")).calls(call("a", "start_vm", "vmid", 101));
    house.dies = true;
    assertThatThrownBy(() -> house.says(id, "Start media.")).isInstanceOf(InternalError.class);

    house.dies = false;
    Conversation talk = house.restart().find(id, ADA).orElseThrow();

    assertThat(calls(talk).get(0).state()).isEqualTo(ActionState.UNKNOWN);
    assertThat(calls(talk).get(0).summary()).contains("not known whether it was asked for");
    model.says("I shall look first.");
    house.says(id, "Well?");
    assertThat(house.requests).isEmpty();
  }

  @Test
  void listensToThePersonWhileAnActionWaits() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    ScriptedModel model =
        house
            .model(ScriptedModel.free("own"))
            .calls(call("b", "stop_vm", "vmid", 101))
            .says("It still waits for you.");
    Conversation waits = house.says("Stop media.");

    Conversation talk = house.says(waits.id(), "And now?");

    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(model.asked.get(1).turns()).hasSize(5);
    house.becomes("action-1", ActionState.SUCCEEDED);
    Message before = house.talk(waits.id()).messages().get(1);
    assertThat(((ToolCall) before.parts().get(0)).state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(model.asked).hasSize(2);
  }

  @Test
  void withdrawsWhatWaitsWhenItIsStopped() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    house.model(ScriptedModel.free("own")).calls(call("b", "stop_vm", "vmid", 101));
    Conversation waits = house.says("Stop media.");

    Conversation talk = house.keeper.stop(waits.id(), ADA);

    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(calls(talk).get(0).state()).isEqualTo(ActionState.CANCELLED);
    assertThat(notices(talk)).containsExactly("Stopped.");
  }

  @Test
  void stopsATurnThatWentOnSinceAPersonWasFaster() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    List<Runnable> later = new ArrayList<>();
    ScriptedModel model =
        house.model(ScriptedModel.free("own")).calls(call("b", "stop_vm", "vmid", 101));
    Conversation waits = house.says("Stop media.");
    house.turns = later::add;
    house.meanwhileWithdrawing = () -> house.becomes("action-1", ActionState.SUCCEEDED);

    Conversation stopped = house.keeper.stop(waits.id(), ADA);
    assertThat(stopped.state()).isEqualTo(State.RUNNING);
    later.forEach(Runnable::run);

    Conversation talk = house.talk(waits.id());
    assertThat(model.asked).hasSize(1);
    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(calls(talk).get(0).state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(notices(talk)).containsExactly("Stopped.");
  }

  @Test
  void letsWhatRunsAlreadyGoOnWhenItIsStopped() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    house.model(ScriptedModel.free("own")).calls(call("b", "stop_vm", "vmid", 101));
    Conversation waits = house.says("Stop media.");
    house.stands("action-1", ActionState.RUNNING);

    Conversation talk = house.keeper.stop(waits.id(), ADA);

    assertThat(house.find("action-1").orElseThrow().state()).isEqualTo(ActionState.RUNNING);
    assertThat(calls(talk).get(0).state()).isEqualTo(ActionState.RUNNING);
    assertThat(talk.state()).isEqualTo(State.IDLE);
  }

  @Test
  void letsWhatAPersonBeginsInTheMomentOfStoppingGoOn() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    house.model(ScriptedModel.free("own")).calls(call("b", "stop_vm", "vmid", 101));
    Conversation waits = house.says("Stop media.");
    house.meanwhileWithdrawing = () -> house.stands("action-1", ActionState.RUNNING);

    Conversation talk = house.keeper.stop(waits.id(), ADA);

    assertThat(house.find("action-1").orElseThrow().state()).isEqualTo(ActionState.RUNNING);
    assertThat(calls(talk).get(0).state()).isEqualTo(ActionState.RUNNING);
  }

  @Test
  void saysThatAnActionStillWaitsWhereItMayNotBeWithdrawn() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    house.model(ScriptedModel.free("own")).calls(call("b", "stop_vm", "vmid", 101));
    Conversation waits = house.says("Stop media.");
    house.meanwhileWithdrawing =
        () -> {
          throw new JarvisException(ErrorCode.PERSON_REQUIRED, "Only a person can cancel this.");
        };

    Conversation talk = house.keeper.stop(waits.id(), TOKEN);

    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(calls(talk).get(0).state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(notices(talk))
        .containsExactly(
            "Stopped. What waits for a person could not be withdrawn and still waits: decide on"
                + " it.");
  }

  @Test
  void generatesAndBeginsNothingMoreOnceItIsStopped() {
    String id = house.keeper.create(ADA).id();
    house
        .model(ScriptedModel.free("own"))
        .does(
            (request, events) -> {
              events.accept(new AnswerEvent.TextDelta("I shall "));
              house.keeper.stop(id, ADA);
              events.accept(new AnswerEvent.TextDelta("start everything"));
              events.accept(
                  new AnswerEvent.Completed(
                      new Answer(
                          List.of(call("a", "start_vm", "vmid", 101)),
                          StopReason.TOOL_CALLS,
                          ScriptedModel.USAGE,
                          "m",
                          null)));
            });

    Conversation talk = house.says(id, "Go.");

    assertThat(house.requests).isEmpty();
    assertThat(last(talk).text()).isEqualTo("I shall \n\nStopped.");
  }

  /** Does something once, in the moment in which a conversation is first seen in this state. */
  private void once(String id, State state, Runnable what) {
    AtomicBoolean done = new AtomicBoolean();
    house.keeper.watch(
        id,
        ADA,
        new Conversations.Watcher() {
          @Override
          public void changed() {
            boolean there =
                house.keeper.find(id, ADA).filter(talk -> talk.state() == state).isPresent();
            if (there && done.compareAndSet(false, true)) {
              what.run();
            }
          }

          @Override
          public void grew(Growth growth) {
            // Words are no state.
          }
        });
  }

  @Test
  void stopsATurnThatBeganWhileTheOneBeforeWasEnding() {
    String id = house.keeper.create(ADA).id();
    List<Runnable> later = new ArrayList<>();
    ScriptedModel model = house.model(ScriptedModel.free("own")).says("One.");
    once(
        id,
        State.IDLE,
        () -> {
          house.turns = later::add;
          house.says(id, "And?");
        });
    house.says(id, "Well?");

    house.keeper.stop(id, ADA);
    later.forEach(Runnable::run);

    assertThat(model.asked).hasSize(1);
    assertThat(house.talk(id).state()).isEqualTo(State.IDLE);
    assertThat(notices(house.talk(id))).containsExactly("Stopped.");
  }

  @Test
  void stopsATurnFromTheMomentInWhichItIsSeen() {
    String id = house.keeper.create(ADA).id();
    ScriptedModel model = house.model(ScriptedModel.free("own"));
    once(id, State.RUNNING, () -> house.keeper.stop(id, ADA));

    Conversation talk = house.says(id, "Well?");

    assertThat(model.asked).isEmpty();
    assertThat(notices(talk)).containsExactly("Stopped.");
  }

  @Test
  void stopsATurnThatGoesOnFromTheMomentInWhichItIsSeen() {
    house.verdicts.put("stop_vm", ActionState.AWAITING_APPROVAL);
    ScriptedModel model =
        house.model(ScriptedModel.free("own")).calls(call("b", "stop_vm", "vmid", 101));
    Conversation waits = house.says("Stop media.");
    once(waits.id(), State.RUNNING, () -> house.keeper.stop(waits.id(), ADA));

    house.becomes("action-1", ActionState.SUCCEEDED);

    assertThat(model.asked).hasSize(1);
    assertThat(notices(house.talk(waits.id()))).containsExactly("Stopped.");
  }

  @Test
  void asksNobodyForAConversationThatIsGone() {
    String id = house.keeper.create(ADA).id();
    ScriptedModel model = house.model(ScriptedModel.free("own"));
    once(id, State.RUNNING, () -> house.keeper.delete(id, ADA));

    house.keeper.say(id, new Utterance("Well?", true), ADA);

    assertThat(model.asked).isEmpty();
    assertThat(house.store.find(id)).isEmpty();
  }

  @Test
  void saysNothingInAConversationThatIsGone() {
    String id = house.keeper.create(ADA).id();
    ScriptedModel model = house.model(ScriptedModel.free("own"));
    house.meanwhilePreferring = () -> house.keeper.delete(id, ADA);

    assertThatThrownBy(() -> house.keeper.say(id, new Utterance("Well?", true), ADA))
        .hasMessageContaining("no such conversation");

    assertThat(model.asked).isEmpty();
  }

  @Test
  void stopsWhatNobodyIsAtWorkOn() {
    String id = house.keeper.create(ADA).id();
    house.turns = work -> {};
    house.says(id, "Well?");
    house.reopen();

    Conversation talk = house.keeper.stop(id, ADA);

    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(notices(talk)).containsExactly("Stopped.");
  }

  @Test
  void endsATurnThatFindsNoRoomEvenWhereThatCannotBeWrittenDown() {
    String id = house.keeper.create(ADA).id();
    house.turns =
        work -> {
          house.store.breakDown();
          throw new RejectedExecutionException("full");
        };

    Conversation talk = house.says(id, "Well?");

    assertThat(talk.state()).isEqualTo(State.IDLE);
  }

  // Consent by typing.

  @Test
  void lendsTypedWordsToOneChangeAndNoMore() {
    house.verdicts.put("start_vm", ActionState.AWAITING_APPROVAL);
    house
        .model(ScriptedModel.free("own"))
        .calls(call("a", "start_vm", "vmid", 101), call("b", "start_vm", "vmid", 102))
        .says("One runs.");

    Conversation talk = house.says("Start media.");

    assertThat(house.requests.get(0).typed()).isEqualTo("Start media.");
    assertThat(house.requests.get(1).typed()).isNull();
    assertThat(talk.state()).isEqualTo(State.AWAITING_APPROVAL);
  }

  @Test
  void lendsNoWordsOfTokensOrPastedOnesOrWhereThePersonWantsToConfirm() {
    ScriptedModel model = house.model(ScriptedModel.free("own"));
    String id = house.keeper.create(ADA).id();
    for (int i = 0; i < 3; i++) {
      model.calls(call("a" + i, "stop_vm", "n", i)).says("Done.");
    }

    house.keeper.say(id, new Utterance("Start media.", true), TOKEN);
    house.keeper.say(id, new Utterance("Start media.", false), ADA);
    house.preferences.put("ada/chat.confirm", "\"writes\"");
    house.keeper.say(id, new Utterance("Start media.", true), ADA);

    assertThat(house.requests).hasSize(3).allMatch(request -> request.typed() == null);
  }

  // Providers that fail, and money.

  @Test
  void asksTheNextProviderWhereOneCannotAnswerAndSaysSo() {
    house
        .model(ScriptedModel.free("claude"))
        .fails(ModelFailure.of(ModelFailure.Kind.CREDENTIALS_REFUSED, "The key is wrong."), "");
    house.model(ScriptedModel.free("built-in")).says("All is well.");

    Conversation talk = house.says("Well?");

    assertThat(notices(talk)).containsExactly("claude could not answer: The key is wrong.");
    assertThat(Objects.requireNonNull(last(talk).answerer()).provider()).isEqualTo("built-in");
    assertThat(last(talk).text()).endsWith("All is well.");
  }

  @Test
  void asksTheNextProviderWhereOneCannotEvenSayWhatItIs() {
    house.models.add(new Nameless());
    house.model(ScriptedModel.free("built-in")).says("All is well.");

    assertThat(last(house.says("Well?")).text()).isEqualTo("All is well.");
    assertThat(house.keeper.providers()).hasSize(1);
  }

  @Test
  void keepsWhatWasSaidWhenAProviderLeavesInTheMiddle() {
    house
        .model(ScriptedModel.free("claude"))
        .fails(ModelFailure.of(ModelFailure.Kind.PROVIDER_LEFT, "It is leaving."), "The node ");
    house.model(ScriptedModel.free("built-in")).says("All is well.");

    Conversation talk = house.says("Well?");

    assertThat(last(talk).text())
        .isEqualTo("The node \n\nclaude broke off: It is leaving.\n\nAll is well.");
  }

  @Test
  void keepsWhatWasSaidInViewWhereItCannotBeWrittenDown() {
    house
        .model(ScriptedModel.free("own"))
        .does(
            (request, events) -> {
              events.accept(new AnswerEvent.TextDelta("The node is well."));
              house.store.breakDown();
              events.accept(
                  new AnswerEvent.Completed(
                      new Answer(
                          List.of(new AnswerPart.Text("The node is well.")),
                          StopReason.END,
                          ScriptedModel.USAGE,
                          "m",
                          null)));
            });

    Conversation talk = house.says("Well?");

    assertThat(talk.state()).isEqualTo(State.IDLE);
    assertThat(last(talk).text()).startsWith("The node is well.").contains("disk is full");
  }

  @Test
  void endsATurnHoweverTheStorageFails() {
    house
        .model(ScriptedModel.free("own"))
        .does(
            (request, events) -> {
              house.store.breakDown(new IllegalStateException("closed"));
              events.accept(
                  Exchange.failed(ModelFailure.Kind.INVALID_REQUEST, "The model is tired."));
            });

    assertThat(house.says("Well?").state()).isEqualTo(State.IDLE);
  }

  @Test
  void asksAgainWhereTheServerWantsThat() {
    ScriptedModel model =
        house
            .model(ScriptedModel.free("own"))
            .fails(
                new ModelFailure(
                    ModelFailure.Kind.OVERLOADED, "busy", true, Duration.ofMillis(1), null),
                "")
            .says("Here I am.");

    Conversation talk = house.says("Well?");

    assertThat(model.asked).hasSize(2);
    assertThat(last(talk).text()).isEqualTo("Here I am.");
  }

  @Test
  void spendsNoMoreThanTheBudgetAndSaysWhy() {
    house.settings = Map.of(ChatSettings.DAILY, "0.10");
    ScriptedModel dear = house.model(ScriptedModel.abroad("claude", ScriptedModel.PRICES));
    ScriptedModel own = house.model(ScriptedModel.free("built-in"));
    dear.says("One.");
    Conversation talk = house.says("Well?");
    assertThat(house.store.used).hasSize(1);
    assertThat(house.store.used.get(0).microCost()).isEqualTo(2_000);

    house.settings = Map.of(ChatSettings.DAILY, "0.01");
    own.says("Two.");
    talk = house.says(talk.id(), "Again?");

    assertThat(dear.asked).hasSize(1);
    assertThat(last(talk).text()).contains("budget of this day", "budget.daily").endsWith("Two.");
  }

  private static ModelFailure failure(ModelFailure.Kind kind) {
    return new ModelFailure(kind, "It failed.", false, null, null);
  }

  private long costOf(ScriptedModel model) {
    house.store.used.clear();
    house.models.clear();
    house.model(model);
    house.says("Well?");
    return house.store.used.get(0).microCost();
  }

  @Test
  void reckonsWithTheMostWhereAnAnswerDoesNotTellWhatItUsed() {
    // The longest answer alone: 4,000 tokens of 10 dollars a million.
    long answer = 40_000;
    for (ModelFailure.Kind kind :
        List.of(
            ModelFailure.Kind.TIMED_OUT,
            ModelFailure.Kind.CANCELLED,
            ModelFailure.Kind.BROKEN_ANSWER,
            ModelFailure.Kind.PROVIDER_LEFT)) {
      assertThat(costOf(dear().fails(failure(kind), ""))).as("%s", kind).isGreaterThan(answer);
    }
    assertThat(costOf(dear().fails(failure(ModelFailure.Kind.SERVER_ERROR), "The node ")))
        .isGreaterThan(answer);
    for (ModelFailure.Kind kind :
        List.of(
            ModelFailure.Kind.CREDENTIALS_REFUSED,
            ModelFailure.Kind.INVALID_REQUEST,
            ModelFailure.Kind.SERVER_ERROR)) {
      assertThat(costOf(dear().fails(failure(kind), ""))).as("%s", kind).isZero();
    }
  }

  @Test
  void reckonsWithTheMostWhereAnAnswerIsStopped() {
    String id = house.keeper.create(ADA).id();
    house.model(dear()).does((request, events) -> house.keeper.stop(id, ADA));

    house.says(id, "Well?");

    assertThat(house.store.used.get(0).microCost()).isGreaterThan(40_000);
  }

  private static ScriptedModel dear() {
    return ScriptedModel.abroad("claude", ScriptedModel.PRICES);
  }

  @Test
  void reckonsWithTheDearestWhereThePriceIsNotKnown() {
    house.settings = Map.of(ChatSettings.DAILY, "0.10");
    ScriptedModel abroad = house.model(ScriptedModel.abroad("mystery", null));
    house.model(ScriptedModel.free("built-in")).says("I shall answer.");

    Conversation talk = house.says("Well?");

    assertThat(abroad.asked).isEmpty();
    assertThat(last(talk).text()).endsWith("I shall answer.");
  }

  @Test
  void writesDownWhatLeavesForWhomButNotTheWords() {
    house.model(ScriptedModel.abroad("claude", ScriptedModel.PRICES)).says("Yes.");

    house.says("A secret question");

    assertThat(house.audited).hasSize(1);
    assertThat(house.audited.get(0).activity()).isEqualTo("model.asked");
    assertThat(house.audited.get(0).detail())
        .contains("models.example.org", "\"leavesTheHouse\":true", "\"said\":")
        .doesNotContain("secret question");
  }

  @Test
  void tellsTheModelOfTheClusterAsDataWithoutWhatHides() {
    ScriptedModel model = house.model(ScriptedModel.free("own")).says("Yes.");

    house.says("Well?");

    String told = model.asked.get(0).instructions().get(1).text();
    assertThat(told)
        .contains("<data>", "cluster sample", "media stopped ‹b›now‹/b›")
        .doesNotContain("\u202E", "<b>");
  }

  // Whose it is.

  @Test
  void showsConversationsToTheirOwnersAlone() {
    house.model(ScriptedModel.free("own")).says("Yes.");
    Conversation talk = house.says("Well?");

    assertThat(house.keeper.find(talk.id(), EVE)).isEmpty();
    assertThat(house.keeper.list(EVE, "", 10)).isEmpty();
    assertThat(house.keeper.list(ADA, "WELL", 10)).hasSize(1);
    assertThatThrownBy(() -> house.keeper.delete(talk.id(), EVE))
        .isInstanceOf(JarvisException.class);
    house.keeper.delete(talk.id(), ADA);
    assertThat(house.keeper.find(talk.id(), ADA)).isEmpty();
    assertThat(house.restart().find(talk.id(), ADA)).isEmpty();
  }

  @Test
  void readsNoSecondCopyOfWhatSomebodyIsAboutToChange() {
    house.model(ScriptedModel.free("own")).says("Yes.");
    String id = house.keeper.create(ADA).id();
    house.meanwhilePreferring =
        () -> {
          // So many others that it is not at hand any more.
          for (int i = 0; i < 100; i++) {
            house.keeper.create(ADA);
          }
          house.keeper.rename(id, "A name", ADA);
        };

    house.keeper.say(id, new Utterance("Well?", true), ADA);

    assertThat(house.talk(id).messages()).hasSize(2);
    assertThat(house.talk(id).title()).isEqualTo("A name");
  }

  @Test
  void saysNothingThatIsNotKept() {
    String id = house.keeper.create(ADA).id();
    ScriptedModel model = house.model(ScriptedModel.free("own")).says("Yes.");
    house.store.breakDown();

    assertThatThrownBy(() -> house.says(id, "Well?")).hasMessageContaining("disk is full");

    assertThat(house.talk(id).messages()).isEmpty();
    assertThat(model.asked).isEmpty();
  }

  /** A provider of somebody's who did not test it. */
  private static final class Nameless implements ModelProvider {
    @Override
    public ProviderDefinition definition() {
      throw new IllegalStateException("no name yet");
    }

    @Override
    public ComponentHealth health() {
      return new ComponentHealth("nameless", ComponentHealth.Status.UP, "");
    }

    @Override
    public ModelExchange converse(ModelRequest request, Consumer<AnswerEvent> events) {
      throw new IllegalStateException("nobody should ask it");
    }
  }
}
