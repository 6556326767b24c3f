package org.jarvis.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.NewEvent;
import org.jarvis.api.persistence.StoredAction;
import org.jspecify.annotations.Nullable;

/** Keeps actions and events in memory; can be told to be out of order, as a full disk is. */
public final class MemoryJournal implements ActionJournal, EventJournal {
  private final Map<String, StoredAction> actions = new LinkedHashMap<>();
  private final List<RecordedEvent> events = new ArrayList<>();
  private final List<AuditEntry> audit = new ArrayList<>();
  private boolean broken;
  private Predicate<NewEvent> refused = event -> false;

  public synchronized void breakDown(boolean down) {
    broken = down;
  }

  /** Refuses such events for their own sake. */
  public synchronized void refuse(Predicate<NewEvent> odd) {
    refused = odd;
  }

  public synchronized List<AuditEntry> audit() {
    return List.copyOf(audit);
  }

  @Override
  public synchronized Optional<Long> record(
      StoredAction next, long expectedRevision, @Nullable AuditEntry entry, NewEvent event) {
    check();
    StoredAction now = actions.get(next.id());
    if ((now == null ? 0 : now.revision()) != expectedRevision) {
      return Optional.empty();
    }
    actions.put(next.id(), next);
    if (entry != null) {
      audit.add(entry);
    }
    return Optional.of(append(List.of(event)));
  }

  @Override
  public synchronized Optional<StoredAction> find(String id) {
    check();
    return Optional.ofNullable(actions.get(id));
  }

  @Override
  public synchronized Optional<StoredAction> findByApproval(String approvalId) {
    check();
    return actions.values().stream()
        .filter(action -> approvalId.equals(action.approvalId()))
        .findFirst();
  }

  @Override
  public synchronized List<StoredAction> recent(int limit) {
    check();
    return actions.values().stream()
        .sorted(Comparator.comparing(StoredAction::requestedAt).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<StoredAction> inState(String state) {
    check();
    return actions.values().stream().filter(action -> action.state().equals(state)).toList();
  }

  @Override
  public synchronized long append(List<NewEvent> added) {
    check();
    if (added.stream().anyMatch(refused)) {
      throw new JarvisException(ErrorCode.INTERNAL, "This cannot be stored as it is.");
    }
    for (NewEvent event : added) {
      events.add(
          new RecordedEvent(
              events.size() + 1L,
              event.at(),
              event.type(),
              event.subject(),
              event.summary(),
              event.data()));
    }
    return events.size();
  }

  @Override
  public synchronized List<RecordedEvent> after(long seq, int limit) {
    check();
    return events.stream().filter(event -> event.seq() > seq).limit(limit).toList();
  }

  @Override
  public synchronized long head() {
    check();
    return events.size();
  }

  private void check() {
    if (broken) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "The disk is full.");
    }
  }
}
