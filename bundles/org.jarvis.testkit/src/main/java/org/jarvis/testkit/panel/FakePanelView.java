package org.jarvis.testkit.panel;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.panel.PanelView;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * A view that a test makes up of situations: {@code FakePanelView.of(situation)} for the middle of
 * the page, {@code FakePanelView.within(ref, situation)} for a resource. Never changes.
 */
public final class FakePanelView implements PanelView {
  private final Instant now;
  private final List<Situation> clusters;
  private final @Nullable Resource subject;

  private FakePanelView(Instant now, List<Situation> clusters, @Nullable Resource subject) {
    this.now = now;
    this.clusters = List.copyOf(clusters);
    this.subject = subject;
  }

  /** The middle of the page, at the moment of the first of these. */
  public static FakePanelView of(Situation first, Situation... others) {
    return new FakePanelView(
        first.now(), Stream.concat(Stream.of(first), Arrays.stream(others)).toList(), null);
  }

  /** No cluster at all. */
  public static FakePanelView empty(Instant now) {
    return new FakePanelView(now, List.of(), null);
  }

  /**
   * Within a resource of this cluster.
   *
   * @throws IllegalArgumentException where the cluster has no such resource
   */
  public static FakePanelView within(ResourceRef ref, Situation cluster) {
    Resource subject =
        cluster
            .cluster()
            .find(ref)
            .orElseThrow(
                () -> new IllegalArgumentException("The cluster has nothing at " + ref + "."));
    return new FakePanelView(cluster.now(), List.of(cluster), subject);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public List<Situation> clusters() {
    return clusters;
  }

  @Override
  public Optional<Resource> subject() {
    return Optional.ofNullable(subject);
  }
}
