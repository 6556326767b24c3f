package org.jarvis.api.resource.detail;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of one resource beyond the lists of its cluster. Immutable; news make a new
 * object that shares everything else with the former.
 */
public final class Details {
  private static final Details NONE = new Details(new EnumMap<>(Aspect.class));

  private final EnumMap<Aspect, AspectState> states;

  private Details(EnumMap<Aspect, AspectState> states) {
    this.states = states;
  }

  /** Nothing is known. */
  public static Details none() {
    return NONE;
  }

  /** These details, for reading them back from where they were kept. */
  public static Details of(Collection<AspectState> states) {
    EnumMap<Aspect, AspectState> byAspect = new EnumMap<>(Aspect.class);
    states.forEach(state -> byAspect.put(state.aspect(), state));
    return new Details(byAspect);
  }

  /** What is known of an aspect; empty when it was never asked for. */
  public Optional<AspectState> state(Aspect aspect) {
    return Optional.ofNullable(states.get(aspect));
  }

  /** What was read last of the aspect of this type, however old. */
  public <T extends Detail> Optional<T> find(Class<T> type) {
    return states.values().stream()
        .map(AspectState::detail)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  /** Everything, in the order of the aspects. */
  public Map<Aspect, AspectState> all() {
    return Collections.unmodifiableMap(states);
  }

  /** These details with the news about one aspect; a failure keeps what was read before. */
  public Details with(AspectState news) {
    EnumMap<Aspect, AspectState> next = new EnumMap<>(states);
    next.put(news.aspect(), news.after(states.get(news.aspect())));
    return new Details(next);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Details that && states.equals(that.states);
  }

  @Override
  public int hashCode() {
    return states.hashCode();
  }

  @Override
  public String toString() {
    return states.toString();
  }
}
