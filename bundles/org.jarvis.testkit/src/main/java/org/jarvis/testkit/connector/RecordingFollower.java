package org.jarvis.testkit.connector;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.resource.TaskId;

/** A follower that remembers what it is told. Safe from any thread. */
public class RecordingFollower implements TaskFollower {
  private final CountDownLatch first = new CountDownLatch(1);
  private final List<TaskId> begun = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** One that was told nothing yet. */
  public RecordingFollower() {}

  @Override
  public void began(TaskId task) {
    begun.add(task);
    first.countDown();
  }

  @Override
  public void logged(List<String> news) {
    lines.addAll(news);
  }

  /** The tasks that began. */
  public List<TaskId> begun() {
    return List.copyOf(begun);
  }

  /** The lines of the log. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The task, as soon as it began. */
  public TaskId task(Duration patience) {
    try {
      if (first.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return begun.get(0);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("No task was told to have begun.");
  }
}
