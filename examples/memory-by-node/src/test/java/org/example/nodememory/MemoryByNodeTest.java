package org.example.nodememory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.panel.Panel;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelValue;
import org.jarvis.api.panel.PanelView;
import org.jarvis.testkit.panel.FakePanelView;
import org.jarvis.testkit.panel.PanelContract;
import org.jarvis.testkit.problem.FakeSituation;
import org.jarvis.testkit.resource.SampleCluster;
import org.junit.jupiter.api.Test;

class MemoryByNodeTest extends PanelContract {
  @Override
  protected Panel panel() {
    return new MemoryByNode();
  }

  @Override
  protected List<PanelView> telling() {
    return List.of(FakePanelView.of(situation().build()));
  }

  @Test
  void doesNotPassWhatIsOldForWhatIsKnown() {
    PanelView late = FakePanelView.of(situation().now(seen().plus(Duration.ofHours(1))).build());

    assertThat(rows(telling().get(0))).anyMatch(row -> row.get(1) instanceof PanelValue.Figure);
    assertThat(rows(late)).isNotEmpty().allMatch(row -> row.get(1) instanceof PanelValue.Unknown);
  }

  @Test
  void namesTheNodesInTheirOrder() {
    assertThat(rows(telling().get(0)))
        .extracting(row -> ((PanelValue.Link) row.get(0)).name())
        .containsExactly("pve1", "pve2", "pve3");
  }

  private List<List<PanelValue>> rows(PanelView view) {
    return ((PanelContent.Table) panel().content(view)).rows();
  }

  private static FakeSituation.Builder situation() {
    return FakeSituation.of(SampleCluster.small().clusters().get(0));
  }
}
