package org.jarvis.api.persistence;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps actions. Each step of an action's life is one transaction that replaces the action, appends
 * the audit record and appends the event, or does none of it. A provider may remove in time what
 * has ended.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}, and then nothing
 * was written. Safe from any thread; writers block until the disk has it.
 */
@ConsumerType
public interface ActionJournal {
  /**
   * Stores a step.
   *
   * @param next the action after the step; its revision is {@code expectedRevision + 1}, and any
   *     other is refused with code {@code INTERNAL}
   * @param expectedRevision the revision that must be stored now, 0 for a new action
   * @param audit what goes into the audit log, {@code null} for steps of no weight
   * @param event the event to append
   * @return the stored event's number, empty when the stored revision was another one; then nothing
   *     was written. This is how one of many simultaneous answers wins.
   */
  Optional<Long> record(
      StoredAction next, long expectedRevision, @Nullable AuditEntry audit, NewEvent event);

  /** One action. */
  Optional<StoredAction> find(String id);

  /** The action that this approval belongs to. */
  Optional<StoredAction> findByApproval(String approvalId);

  /** The newest actions, newest first. */
  List<StoredAction> recent(int limit);

  /** All actions in this state, oldest first. */
  List<StoredAction> inState(String state);
}
