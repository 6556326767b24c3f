package org.jarvis.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.llm.Answer;
import org.junit.jupiter.api.Test;

/** What a person calls a guest is as good as its name. */
class AliasesTest {
  private final Homelab house = new Homelab().called("post office", 102, "mail");

  private static List<String> wished(Answer answer) {
    return answer.calls().stream()
        .map(call -> call.name() + " " + call.arguments().values())
        .toList();
  }

  @Test
  void standsForItInAnOrder() {
    String start = "start_vm {cluster=home, node=pve2, vmid=102}";
    for (String order :
        List.of(
            "start the post office",
            "Please start my post office again.",
            "start post office vm")) {
      assertThat(wished(new Talk(house.sources()).wish(order))).as(order).containsExactly(start);
    }
    assertThat(wished(new Talk(house.sources()).wish("don't start the post office"))).isEmpty();
    assertThat(wished(new Talk(house.sources()).wish("start the office"))).isEmpty();
  }

  @Test
  void standsForItInAQuestionAndInWhatComesAfter() {
    Talk talk = new Talk(house.sources());
    assertThat(talk.say("how is the post office?").text()).contains("mail", "102");
    assertThat(wished(talk.wish("start it"))).hasSize(1);
  }

  @Test
  void standsForNothingOnceAnotherGuestHasTheNumber() {
    house.called("old web", 103, "wiki");
    assertThat(wished(new Talk(house.sources()).wish("resume old web"))).isEmpty();
  }

  @Test
  void asksWhichWhereSomethingElseIsCalledSo() {
    house.called("media archive", 102, "mail");
    assertThat(wished(new Talk(house.sources()).wish("start media archive"))).isEmpty();
    assertThat(new Talk(house.sources()).wish("start media archive").text())
        .contains("mail", "media-archive");
  }
}
