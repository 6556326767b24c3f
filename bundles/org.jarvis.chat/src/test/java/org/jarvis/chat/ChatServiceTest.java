package org.jarvis.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

class ChatServiceTest {
  @Test
  void readsInTheTurnItselfOnceTheThreadsForItAreGone() {
    ExecutorService reads = ChatService.pool("jarvis-chat-reads", 1);
    reads.shutdown();

    CompletableFuture<Void> read = CompletableFuture.runAsync(() -> {}, reads);

    assertThat(read).isCompleted();
  }
}
