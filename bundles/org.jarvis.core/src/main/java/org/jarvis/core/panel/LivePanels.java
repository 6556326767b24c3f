package org.jarvis.core.panel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.panel.Panel;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.panel.PanelReading;
import org.jarvis.api.panel.PanelView;
import org.jarvis.api.panel.Panels;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.core.problem.Situations;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The panels as they come and go. It asks only what somebody shows, and only when that is due. */
@Component(service = {Panels.class, HealthContributor.class})
public final class LivePanels implements Panels, HealthContributor {
  private static final String NAME = "panels";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final LiveState state;
  private final Situations situations;
  private final Clock clock;
  private final Duration patience;
  private final PanelRegistry registry = new PanelRegistry();

  /** Panels over this state. */
  @Activate
  public LivePanels(@Reference LiveState state, @Reference Situations situations) {
    this(state, situations, Clock.systemUTC(), PATIENCE);
  }

  LivePanels(LiveState state, Situations situations, Clock clock, Duration patience) {
    this.state = state;
    this.situations = situations;
    this.clock = clock;
    this.patience = patience;
  }

  @Deactivate
  void stop() {
    registry.clear();
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindPanel(ServiceReference<Panel> reference, Panel service) {
    Bundle bundle = reference.getBundle();
    add(
        service,
        bundle == null ? "a bundle that has left" : String.valueOf(bundle.getSymbolicName()),
        reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0);
  }

  void unbindPanel(Panel service) {
    registry.remove(service);
  }

  /** A panel has come. */
  void add(Panel panel, String provider, int ranking) {
    registry.add(new PanelSeat(panel, provider, clock, patience, this::view), ranking);
  }

  @Override
  public List<Entry> panels() {
    return registry.shown().values().stream()
        .flatMap(seat -> seat.definition().map(told -> new Entry(told, seat.provider())).stream())
        .toList();
  }

  @Override
  public PanelReading read(PanelKey key) {
    PanelSeat seat = registry.shown().get(key.panel());
    PanelDefinition definition = seat == null ? null : seat.definition().orElse(null);
    if (seat == null || definition == null) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND, "There is no panel of this id. GET /api/panels lists all.");
    }
    if (!standsAt(definition, key.subject())) {
      throw wrongPlace(definition);
    }
    if (view(key).isEmpty()) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }
    await(seat.ask(key));
    return seat.latest(key)
        .orElseGet(() -> new PanelReading(key, null, null, definition.interval(), null));
  }

  private static JarvisException wrongPlace(PanelDefinition definition) {
    ResourceKind kind = definition.subject();
    String wanted =
        kind == null
            ? "must be left out: this panel stands by itself"
            : "must be the address of a " + kind.word();
    return new JarvisException(
        ErrorCode.INVALID_INPUT,
        "The parameter \"ref\" " + wanted + ".",
        List.of(new FieldError("ref", wanted)));
  }

  private void await(CompletableFuture<Void> answer) {
    try {
      answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      // Told as far as it is known; who asks again hears how it ended.
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<PanelReading> latest(PanelKey key) {
    PanelSeat seat = registry.shown().get(key.panel());
    return seat == null ? Optional.empty() : seat.latest(key);
  }

  @Override
  public void show(Collection<PanelKey> keys) {
    Map<String, PanelSeat> shown = registry.shown();
    keys.stream().distinct().limit(MAX_SHOWN).forEach(key -> show(shown.get(key.panel()), key));
  }

  private void show(@Nullable PanelSeat seat, PanelKey key) {
    if (seat != null
        && seat.definition().filter(told -> standsAt(told, key.subject())).isPresent()
        && view(key).isPresent()) {
      var unused = seat.ask(key);
    }
  }

  private static boolean standsAt(PanelDefinition definition, @Nullable ResourceRef subject) {
    return subject == null ? definition.subject() == null : subject.kind() == definition.subject();
  }

  /** What a panel sees at this place; empty where its resource is gone. */
  private Optional<PanelView> view(PanelKey key) {
    Instant now = clock.instant();
    ResourceRef subject = key.subject();
    if (subject == null) {
      List<Situation> all =
          state.clusters().stream().map(cluster -> situations.of(cluster, now)).toList();
      return Optional.of(new LivePanelView(now, all, null));
    }
    ClusterSnapshot cluster = state.cluster(subject.cluster()).orElse(null);
    Resource resource = cluster == null ? null : cluster.find(subject).orElse(null);
    return cluster == null || resource == null
        ? Optional.empty()
        : Optional.of(new LivePanelView(now, List.of(situations.of(cluster, now)), resource));
  }

  @Override
  public ComponentHealth health() {
    List<String> wrong = registry.all().stream().flatMap(seat -> seat.trouble().stream()).toList();
    int count = registry.shown().size();
    return wrong.isEmpty()
        ? new ComponentHealth(
            NAME,
            ComponentHealth.Status.UP,
            count == 0 ? "No extension brings a panel." : count + " panels are there.")
        : new ComponentHealth(NAME, ComponentHealth.Status.DEGRADED, String.join(" ", wrong));
  }
}
