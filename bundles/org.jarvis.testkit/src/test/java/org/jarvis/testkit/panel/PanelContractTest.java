package org.jarvis.testkit.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jarvis.api.panel.Panel;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelValue;
import org.jarvis.api.panel.PanelView;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.testkit.problem.FakeSituation;
import org.jarvis.testkit.resource.SampleCluster;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Panels as they should be pass. */
class PanelContractTest {
  private static final ClusterSnapshot CLUSTER = SampleCluster.small().clusters().get(0);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @Nested
  class InTheMiddleOfThePage extends PanelContract {
    @Override
    protected Panel panel() {
      return new AllGuests();
    }

    @Override
    protected List<PanelView> telling() {
      return List.of(FakePanelView.of(FakeSituation.of(CLUSTER).build()));
    }
  }

  @Nested
  class WithinAGuest extends PanelContract {
    @Override
    protected Panel panel() {
      return new OneGuest();
    }
  }

  @Test
  void knowsOnlyResourcesOfItsCluster() {
    ResourceRef nobody = ResourceRef.guest(SampleCluster.ID, new GuestId(999_999));

    assertThatThrownBy(() -> FakePanelView.within(nobody, FakeSituation.of(CLUSTER).build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(FakePanelView.empty(SampleCluster.SEEN).clusters()).isEmpty();
  }

  /** Lists guests, as many as a table holds. */
  private static final class AllGuests implements Panel {
    @Override
    public PanelDefinition definition() {
      return new PanelDefinition("guests", "Guests", "All guests.", null, INTERVAL);
    }

    @Override
    public PanelContent content(PanelView view) {
      List<Guest> guests =
          view.clusters().stream()
              .flatMap(cluster -> cluster.cluster().guests().values().stream())
              .sorted(Comparator.comparing(Guest::ref))
              .toList();
      List<List<PanelValue>> rows =
          guests.stream()
              .limit(PanelContent.Table.MAX_ROWS)
              .map(guest -> List.of(PanelValue.of(guest.ref(), guest.name())))
              .toList();
      return new PanelContent.Table(
          List.of(new PanelContent.Column("Guest", PanelContent.Column.Type.RESOURCE)),
          rows,
          guests.size() - rows.size());
    }
  }

  /** Says how a guest is. */
  private static final class OneGuest implements Panel {
    @Override
    public PanelDefinition definition() {
      return new PanelDefinition("status", "Status", "How it is.", ResourceKind.GUEST, INTERVAL);
    }

    @Override
    public PanelContent content(PanelView view) {
      String status = view.subject().map(Resource::statusWord).orElseThrow();
      return new PanelContent.Stats(
          List.of(new PanelContent.Stat("Status", PanelValue.of(status), "", null, null)));
    }
  }
}
