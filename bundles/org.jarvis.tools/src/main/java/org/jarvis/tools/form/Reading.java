package org.jarvis.tools.form;

import java.time.Clock;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.tool.ToolContext;
import org.jspecify.annotations.Nullable;

/**
 * One aspect of a resource as it was read, now or, where that fails, before.
 *
 * @param resource whose
 * @param detail what was read
 * @param observation source and age of that
 * @param incomplete what is left out of it and why, {@code null} for nothing
 * @param failure why it could not be read just now, {@code null} when it could
 */
public record Reading<D extends Detail>(
    Resource resource,
    D detail,
    Observation observation,
    @Nullable String incomplete,
    @Nullable String failure) {

  /**
   * Reads it, and falls back on what is known where the cluster does not answer.
   *
   * @throws JarvisException when it cannot be read and nothing is known, or there is no such thing
   */
  public static <D extends Detail> Reading<D> of(
      ToolContext context, Resource resource, Aspect aspect, Class<D> type) {
    Optional<AspectState> known =
        context
            .liveState()
            .cluster(resource.ref().cluster())
            .flatMap(snapshot -> snapshot.details(resource.ref()).state(aspect));
    AspectState state;
    try {
      state = context.reader(resource.ref().cluster()).detail(resource.ref(), aspect);
    } catch (JarvisException failure) {
      return before(resource, known.orElse(null), type, failure);
    }
    AspectState.Failure failure = state.failure();
    if (failure == null) {
      return of(resource, state, type, null);
    }
    JarvisException thrown = new JarvisException(failure.code(), failure.reason());
    return before(resource, state.detail() == null ? known.orElse(null) : state, type, thrown);
  }

  /**
   * Reads it now, and takes nothing older.
   *
   * @throws JarvisException when it cannot be read
   */
  public static <D extends Detail> D fresh(
      ToolContext context, Resource resource, Aspect aspect, Class<D> type) {
    AspectState state = context.reader(resource.ref().cluster()).detail(resource.ref(), aspect);
    AspectState.Failure failure = state.failure();
    if (failure != null) {
      throw new JarvisException(failure.code(), failure.reason());
    }
    return of(resource, state, type, null).detail();
  }

  private static <D extends Detail> Reading<D> before(
      Resource resource, @Nullable AspectState known, Class<D> type, JarvisException failure) {
    boolean passing =
        failure.code() != ErrorCode.NOT_FOUND && failure.code() != ErrorCode.NOT_PRESENT;
    if (passing && known != null && type.isInstance(known.detail())) {
      return of(resource, known, type, failure.getMessage());
    }
    throw failure;
  }

  private static <D extends Detail> Reading<D> of(
      Resource resource, AspectState state, Class<D> type, @Nullable String failure) {
    Observation observation = state.observation();
    if (observation == null || !type.isInstance(state.detail())) {
      throw new JarvisException(
          ErrorCode.BAD_REPLY,
          "The connector of " + Subject.label(resource) + " told something else than was asked.");
    }
    return new Reading<>(
        resource, type.cast(state.detail()), observation, state.incomplete(), failure);
  }

  /** The members that all results of such readings have. */
  public static <D extends Detail> Columns<Reading<D>> columns(Clock clock) {
    return new Columns<Reading<D>>()
        .text("ref", "The address of what this is about.", of -> of.resource().ref())
        .text("name", "Its name.", of -> of.resource().name())
        .and(new ResultRows(clock.instant()).observed(Reading::observation))
        .text("incomplete", "What is left out, why, and the cure.", Reading::incomplete)
        .text("failure", "Why it is not read afresh.", Reading::failure);
  }
}
