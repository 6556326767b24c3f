package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.jarvis.api.persistence.SnapshotStore;
import org.jarvis.api.persistence.SnapshotStore.StoredSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link SnapshotStore} must do. */
public abstract class SnapshotStoreContract extends PersistenceContract {
  @Test
  void keepsTheLastStateOfEachCluster() {
    StoredSnapshot home = new StoredSnapshot("home", NOON, "{\"nodes\": 1}");
    StoredSnapshot later = new StoredSnapshot("home", NOON.plusSeconds(30), "{\"nodes\": 2}");
    StoredSnapshot attic = new StoredSnapshot("attic", NOON, "{}");
    assertThat(stores.snapshots().all()).isEmpty();

    stores.snapshots().put(home);
    stores.snapshots().put(attic);
    stores.snapshots().put(later);
    stores.restart();

    assertThat(stores.snapshots().all()).containsExactlyInAnyOrder(later, attic);
  }

  @Test
  void forgetsACluster() {
    stores.snapshots().put(new StoredSnapshot("home", NOON, "{}"));
    stores.snapshots().put(new StoredSnapshot("attic", NOON, "{}"));

    stores.snapshots().remove("home");
    stores.snapshots().remove("unknown");
    stores.restart();

    assertThat(stores.snapshots().all())
        .extracting(StoredSnapshot::cluster)
        .containsExactly("attic");
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    StoredSnapshot snapshot = new StoredSnapshot(text, NOON, text);
    stores.snapshots().put(snapshot);
    stores.restart();

    assertThat(stores.snapshots().all()).containsExactly(snapshot);
  }
}
