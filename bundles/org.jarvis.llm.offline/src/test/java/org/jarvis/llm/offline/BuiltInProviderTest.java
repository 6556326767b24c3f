package org.jarvis.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.testkit.llm.Heard;
import org.jarvis.testkit.llm.ModelProviderContract;
import org.jarvis.testkit.llm.Questions;
import org.jarvis.testkit.resource.SampleCluster;
import org.junit.jupiter.api.Test;

/** The contract of every provider, and what this one says that it is. */
class BuiltInProviderTest extends ModelProviderContract {
  @Override
  protected ModelProvider talkative(int questions) {
    return new BuiltInProvider(Clock.fixed(Homelab.NOW, ZoneOffset.UTC));
  }

  @Override
  protected void leave(ModelProvider provider) {
    ((BuiltInProvider) provider).leave();
  }

  @Test
  void saysWhatItIs() {
    ProviderDefinition itself = opened(talkative(0)).definition();

    assertThat(itself.id()).isEqualTo("built-in");
    assertThat(itself.title()).isEqualTo("Jarvis (built-in)");
    assertThat(itself.destination()).isEmpty();
    assertThat(itself.leavesTheHouse()).isFalse();
    assertThat(itself.priceList().orElseThrow().isFree()).isTrue();
  }

  /** A cluster that is read when the test says so. */
  private static final class Readings implements LiveState {
    final List<Listener> listeners = new CopyOnWriteArrayList<>();
    final Semaphore looked = new Semaphore(0);

    @Override
    public List<ClusterSnapshot> clusters() {
      looked.release();
      return SampleCluster.small().clusters();
    }

    @Override
    public Optional<ClusterSnapshot> cluster(ClusterId id) {
      return SampleCluster.small().cluster(id);
    }

    @Override
    public Subscription subscribe(Listener listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }

    void read(List<ClusterSnapshot> clusters) {
      listeners.forEach(listener -> listener.changed(clusters));
    }
  }

  @Test
  void rehearsesOnceWhenAClusterWasReadFirst() throws InterruptedException {
    BuiltInProvider provider = (BuiltInProvider) opened(talkative(0));
    Readings readings = new Readings();
    provider.setLive(readings);
    readings.read(List.of());
    assertThat(readings.looked.availablePermits()).isZero();

    readings.read(SampleCluster.small().clusters());
    assertThat(readings.looked.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    readings.read(SampleCluster.small().clusters());
    Heard heard = new Heard();
    provider.converse(Questions.first(), heard);
    assertThat(heard.answer().text()).isNotBlank();
    assertThat(readings.looked.availablePermits()).as("for who asked alone").isEqualTo(1);
    provider.unsetLive(readings);
    assertThat(readings.listeners).isEmpty();
  }

  @Test
  void readsTheStateThatCameLast() {
    BuiltInProvider provider = (BuiltInProvider) opened(talkative(0));
    Readings former = new Readings();
    Readings present = new Readings();
    provider.setLive(former);
    provider.setLive(present);
    provider.unsetLive(former);

    assertThat(former.listeners).isEmpty();
    assertThat(present.listeners).hasSize(1);
    Heard heard = new Heard();
    provider.converse(Questions.first(), heard);
    assertThat(heard.answer().text()).isNotBlank();
    assertThat(present.looked.availablePermits()).isPositive();
  }
}
