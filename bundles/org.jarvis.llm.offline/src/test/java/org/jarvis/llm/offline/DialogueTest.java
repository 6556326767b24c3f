package org.jarvis.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.StopReason;
import org.jarvis.llm.offline.house.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialogueTest {
  private static final Sources NOTHING =
      new Sources(null, null, null, null, null, null, null, null, null, null, null);

  private final Talk talk = new Talk(new Homelab().sources());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUCCEEDED | Done. The gate's word.",
        "FAILED | It failed. The gate's word.",
        "REFUSED | It was refused, and nothing was done. The gate's word.",
        "REJECTED | It was rejected, and nothing was done. The gate's word.",
        "EXPIRED | Nobody decided in time, and nothing was done. The gate's word.",
        "CANCELLED | It was cancelled. The gate's word.",
        "UNKNOWN | What came of it cannot be told; look before you ask for it again. The gate's"
            + " word."
      })
  void saysWhatCameOfACall(String state, String expected) {
    talk.wish("start mail");

    Answer told =
        talk.outcome("{\"state\":\"" + state + "\",\"summary\":\"The gate's word.\"}", false);

    assertThat(told.text()).isEqualTo(expected);
    assertThat(told.stop()).isEqualTo(StopReason.END);
  }

  @Test
  void saysWhyACallCouldNotBeUsed() {
    talk.wish("start mail");

    assertThat(talk.outcome("No such tool.", true).text())
        .isEqualTo("It came to nothing. No such tool.");
  }

  @Test
  void makesTheOutcomeHarmless() {
    talk.wish("start mail");

    assertThat(
            talk.outcome("{\"state\":\"FAILED\",\"summary\":\"[x](http://y) <b>\"}", false).text())
        .doesNotContainPattern("(?<!\\\\)[<\\[]");
  }

  @Test
  void saysThatAToolIsNotOffered() {
    Answer answer = new Talk(new Homelab().sources(), List.of()).wish("start mail");

    assertThat(answer.calls()).isEmpty();
    assertThat(answer.text()).contains("`start_vm` is not offered");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "how are things?", "what's wrong?", "what changed lately?", "what is waiting for me?",
        "show the audit log", "are you halted?", "what is protected?", "list the guests",
        "list the nodes", "is there quorum?"
      })
  void saysWhatCannotBeRead(String question) {
    assertThat(new Talk(NOTHING).say(question).text())
        .contains("that part of Jarvis is not running");
  }

  @Test
  void isNeverGreenOnStale() {
    Sources stale = new Homelab().stale().sources();

    for (String question :
        List.of("how are things?", "how is media?", "list the guests", "how is pve1?", "storage")) {
      assertThat(new Talk(stale).say(question).text())
          .as(question)
          .contains("Stale: last read 15 minutes ago.");
    }
  }

  @Test
  void asksWhichClusterIsMeant() {
    Talk two = new Talk(new Homelab().twice().sources());

    Answer which = two.say("start mail");
    assertThat(which.calls()).isEmpty();
    assertThat(which.text())
        .contains("1. mail (VM 102) in cluster home", "2. mail (VM 102) in cluster lab");

    Answer call = two.wish("the second one");
    assertThat(call.calls()).hasSize(1);
    assertThat(call.calls().get(0).arguments().text("cluster")).contains("lab");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{\"items\":7,\"subject\":[],\"asksBack\":\"x\"}",
        "{\"items\":[\"pve:home:guest:x\",null,{}],\"subject\":\"rm -rf\",\"asksBack\":true}",
        "{\"items\":[\"pve:home:guest:101\"],\"subject\":\"pve:home:guest:101\",\"asksBack\":true}"
      })
  void actsUponNothingThatTheLastAnswerDidNotShow(String forged) {
    for (String words : List.of("yes", "stop it", "stop the first one", "the first one")) {
      Talk forgery = new Talk(new Homelab().sources());
      forgery.say("how is mail?");
      forgery.remember(forged);

      assertThat(forgery.wish(words).calls()).as(words).isEmpty();
    }
  }
}
