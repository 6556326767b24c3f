package org.jarvis.testkit.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.api.panel.Panel;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelValue;
import org.jarvis.api.panel.PanelView;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.testkit.problem.FakeSituation;
import org.jarvis.testkit.resource.SampleCluster;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Panel} has to do: say once and for all what it is, and show something bounded
 * by whatever is known - much, little, nothing, or what is old - without effect and in time.
 */
public abstract class PanelContract {
  /** Far more than an answer from memory takes on the busiest machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LONG_AGO = Duration.ofDays(2);

  /** The panel under test; a new one each time. */
  protected abstract Panel panel();

  /** Views in which it has something to show, of the implementation's choice. */
  protected List<PanelView> telling() {
    return List.of();
  }

  @Test
  void saysOnceAndForAllWhatItIs() {
    Panel panel = panel();
    PanelDefinition definition = panel.definition();

    everything().forEach(panel::content);
    assertThat(panel.definition()).isEqualTo(definition);
    assertThat(panel().definition()).isEqualTo(definition);
    assertThat(definition.description()).endsWith(".");
  }

  @Test
  void showsSomethingInWhatItWasGiven() {
    Panel panel = panel();

    assertThat(telling())
        .allSatisfy(view -> assertThat(isEmpty(panel.content(view))).as("shows nothing").isFalse());
  }

  @Test
  void answersWhateverIsKnown() {
    Panel panel = panel();

    assertThat(everything()).allSatisfy(view -> assertThat(panel.content(view)).isNotNull());
  }

  @Test
  void showsTheSameKindOfContentEachTime() {
    Panel panel = panel();

    assertThat(everything().stream().map(view -> panel.content(view).word()).distinct())
        .as("a page draws each kind differently, and would jump")
        .hasSize(1);
  }

  @Test
  void leadsOnlyToWhatThereIs() {
    Panel panel = panel();

    assertThat(everything())
        .allSatisfy(
            view ->
                assertThat(links(panel.content(view)))
                    .allSatisfy(
                        link ->
                            assertThat(view.clusters())
                                .as("a cluster that has %s", link.ref())
                                .anyMatch(
                                    cluster -> cluster.cluster().find(link.ref()).isPresent())));
  }

  @Test
  void showsThousandsOfGuestsInTime() {
    Panel panel = panel();
    List<PanelView> large =
        views(FakeSituation.of(SampleCluster.large().clusters().get(0)).build());

    assertThat(large).isNotEmpty();
    assertTimeoutPreemptively(PATIENCE, () -> panel.content(large.get(0)));
  }

  private List<PanelView> everything() {
    ClusterSnapshot small = SampleCluster.small().clusters().get(0);
    List<PanelView> all = new ArrayList<>(telling());
    all.addAll(views(FakeSituation.of(small).build()));
    // The same a good while later, when all of it is stale.
    all.addAll(views(FakeSituation.of(small).now(seen().plus(LONG_AGO)).build()));
    if (panel().definition().subject() == null) {
      all.add(FakePanelView.empty(seen()));
      all.add(
          FakePanelView.of(
              FakeSituation.of(
                      new ClusterSnapshot(
                          small.cluster(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of()))
                  .build()));
    }
    return all;
  }

  /** Every place of a cluster where it stands. */
  private List<PanelView> views(Situation situation) {
    ResourceKind kind = panel().definition().subject();
    if (kind == null) {
      return List.of(FakePanelView.of(situation));
    }
    return situation
        .cluster()
        .resources()
        .map(Resource::ref)
        .filter(ref -> ref.kind() == kind)
        .<PanelView>map(ref -> FakePanelView.within(ref, situation))
        .toList();
  }

  private static List<PanelValue.Link> links(PanelContent content) {
    List<PanelValue> values = new ArrayList<>();
    if (content instanceof PanelContent.Table table) {
      table.rows().forEach(values::addAll);
    } else if (content instanceof PanelContent.Stats stats) {
      stats.stats().forEach(stat -> values.add(stat.value()));
    }
    return values.stream()
        .filter(PanelValue.Link.class::isInstance)
        .map(PanelValue.Link.class::cast)
        .toList();
  }

  private static boolean isEmpty(PanelContent content) {
    if (content instanceof PanelContent.Stats stats) {
      return stats.stats().isEmpty();
    }
    if (content instanceof PanelContent.Table table) {
      return table.rows().isEmpty();
    }
    if (content instanceof PanelContent.TimeSeries series) {
      return series.series().stream().allMatch(one -> one.points().isEmpty());
    }
    if (content instanceof PanelContent.Log log) {
      return log.lines().isEmpty();
    }
    return content instanceof PanelContent.Actions actions && actions.offers().isEmpty();
  }

  /** The moment at which the sample cluster was seen. */
  protected static Instant seen() {
    return SampleCluster.SEEN;
  }
}
