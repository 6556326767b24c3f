package org.jarvis.core.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutputTapeTest {
  private final OutputTape tape = new OutputTape();

  private void append(String text) throws InterruptedException {
    char[] all = text.toCharArray();
    int taken = 0;
    while (taken < all.length) {
      taken += tape.append(all, taken, all.length - taken);
    }
  }

  private String read(long from, int most) {
    return Objects.requireNonNull(tape.after(from, most)).text();
  }

  @Test
  void tellsWhatFollowsAPosition() throws InterruptedException {
    append("hello ");
    append("world");
    assertThat(read(0, 100)).isEqualTo("hello world");
    assertThat(read(6, 3)).isEqualTo("wor");
    assertThat(tape.after(11, 100)).isNull();
  }

  @Test
  void neverParksHalfACharacterAtTheEndOfAPiece() throws InterruptedException {
    append("a😀b");
    assertThat(read(0, 2)).isEqualTo("a");
    assertThat(read(1, 2)).isEqualTo("😀");
    append("\uD83D");
    assertThat(tape.after(4, 100)).isNull();
  }

  @Test
  void takesNoMoreThanItsWindowUntilSomethingWasAcknowledged() throws Exception {
    append("x".repeat(OutputTape.WINDOW));
    CompletableFuture<Void> more =
        CompletableFuture.runAsync(
            () -> {
              try {
                append("y");
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
            });
    assertThat(more.completeOnTimeout(null, 50, TimeUnit.MILLISECONDS)).isNotNull();
    assertThat(tape.end()).isEqualTo(OutputTape.WINDOW);
    tape.acknowledge(1);
    assertThat(waitedFor(OutputTape.WINDOW + 1L)).isTrue();
  }

  private boolean waitedFor(long end) throws InterruptedException {
    for (int i = 0; i < 500 && tape.end() < end; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return tape.end() == end;
  }

  @Test
  void letsWhoeverWaitsGoOnWhenItIsClosed() throws Exception {
    append("x".repeat(OutputTape.WINDOW));
    CompletableFuture<Integer> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return tape.append(new char[7], 0, 7);
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
            });
    tape.close();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(7);
    assertThat(tape.end()).isEqualTo(OutputTape.WINDOW);
  }

  @Test
  void keepsTheNewestOfHoweverMuchWasPrinted() throws InterruptedException {
    Random random = new Random(7);
    StringBuilder all = new StringBuilder();
    while (all.length() < 3 * OutputTape.KEPT) {
      String piece = String.valueOf((char) ('a' + random.nextInt(26))).repeat(random.nextInt(9000));
      append(piece);
      all.append(piece);
      tape.acknowledge(all.length());
    }
    assertThat(tape.start()).isEqualTo(all.length() - (long) OutputTape.KEPT);
    StringBuilder kept = new StringBuilder();
    long at = 0;
    OutputTape.Piece piece = tape.after(at, 5000);
    while (piece != null) {
      kept.append(piece.text());
      at = piece.end();
      piece = tape.after(at, 5000);
    }
    assertThat(kept.toString()).isEqualTo(all.substring(all.length() - OutputTape.KEPT));
  }

  @Test
  void cannotBeToldThatMoreArrivedThanWasPrinted() throws InterruptedException {
    append("abc");
    tape.acknowledge(Long.MAX_VALUE);
    append("x".repeat(OutputTape.WINDOW));
    assertThat(tape.end()).isEqualTo(OutputTape.WINDOW + 3L);
  }
}
