package org.jarvis.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private final WaitingRoom room = new WaitingRoom(3, 2);

  @Test
  void keepsSeatsForOthers() {
    assertThat(room.enter("a")).isTrue();
    assertThat(room.enter("a")).isTrue();
    assertThat(room.enter("a")).isFalse();
    assertThat(room.enter("b")).isTrue();
    assertThat(room.enter("c")).isFalse();
  }

  @Test
  void takesSeatsBack() {
    room.enter("a");
    room.enter("a");
    room.enter("b");
    room.leave("a");
    assertThat(room.enter("c")).isTrue();
    assertThat(room.enter("a")).isFalse();
    room.leave("b");
    assertThat(room.enter("a")).isTrue();
  }
}
