package org.jarvis.core.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.problem.Maintenance;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.text.InertText;
import org.jarvis.core.ServiceSlot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that people work on, kept in the settings. Safe from any thread: reading waits for
 * nobody.
 */
final class MaintenanceBook {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceBook.class);

  /** The name of the setting that keeps them. */
  static final String SETTING = "maintenances";

  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int LONGEST_REASON = 500;

  private final Clock clock;
  private final LiveState state;
  private final ServiceSlot<SettingStore> settings;
  private final PersonsAudit audit;
  private final Consumer<Event> events;
  private boolean read;
  private volatile Map<ResourceRef, Maintenance> held = Map.of();

  MaintenanceBook(
      Clock clock,
      LiveState state,
      ServiceSlot<SettingStore> settings,
      PersonsAudit audit,
      Consumer<Event> events) {
    this.clock = clock;
    this.state = state;
    this.settings = settings;
    this.audit = audit;
    this.events = events;
  }

  /** Those whose time is not over. */
  List<Maintenance> all() {
    Instant now = clock.instant();
    return held.values().stream().filter(one -> now.isBefore(one.until())).toList();
  }

  /** The nodes. */
  Set<ResourceRef> nodes() {
    return all().stream().map(Maintenance::node).collect(Collectors.toSet());
  }

  /** Begins, or changes until when. */
  synchronized Maintenance begin(
      ResourceRef node, Instant until, String reason, Principal principal) {
    if (node.kind() != ResourceKind.NODE) {
      throw new JarvisException(
          ErrorCode.INVALID_ARGUMENTS, "Only a node can be worked on; " + node + " is none.");
    }
    if (state.find(node).isEmpty()) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is no node " + node + ".");
    }
    Instant now = clock.instant();
    if (!now.isBefore(until) || until.isAfter(now.plus(LONGEST))) {
      throw new JarvisException(
          ErrorCode.INVALID_ARGUMENTS,
          "Work on a node ends after now and within 30 days, not at " + until + ".",
          List.of(new FieldError("until", "must be after now and within 30 days")));
    }
    requireRead();
    Maintenance before = held.get(node);
    Maintenance next =
        new Maintenance(
            node,
            principal.name(),
            before == null || !now.isBefore(before.until()) ? now : before.since(),
            until,
            InertText.line(reason, LONGEST_REASON));
    Map<ResourceRef, Maintenance> all = new LinkedHashMap<>(held);
    all.put(node, next);
    audit.append(
        principal,
        "maintenance.began",
        node.toString(),
        Map.of("until", until.toString(), "reason", next.reason()));
    keep(all);
    events.accept(new Event.MaintenanceChanged(next, true, principal.name()));
    return next;
  }

  /** Ends it. */
  synchronized void end(ResourceRef node, Principal principal) {
    requireRead();
    Maintenance before = held.get(node);
    if (before == null) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND, "Nobody said that " + node + " is being worked on.");
    }
    Map<ResourceRef, Maintenance> all = new LinkedHashMap<>(held);
    all.remove(node);
    audit.append(principal, "maintenance.ended", node.toString(), Map.of());
    keep(all);
    events.accept(new Event.MaintenanceChanged(before, false, principal.name()));
  }

  /** Reads what was kept, unless it is known, and ends those whose time is over. */
  synchronized void tend() {
    try {
      requireRead();
    } catch (JarvisException unavailable) {
      LOG.debug("The maintenances are read later: {}", unavailable.getMessage());
      return;
    }
    Instant now = clock.instant();
    Map<ResourceRef, Maintenance> all = new LinkedHashMap<>(held);
    List<Maintenance> over = new ArrayList<>(all.values());
    over.removeIf(one -> now.isBefore(one.until()));
    if (over.isEmpty()) {
      return;
    }
    over.forEach(one -> all.remove(one.node()));
    try {
      keep(all);
      over.forEach(one -> events.accept(new Event.MaintenanceChanged(one, false, "")));
    } catch (JarvisException unavailable) {
      LOG.debug("That work on a node is over is recorded later: {}", unavailable.getMessage());
    }
  }

  private void requireRead() {
    if (!read) {
      String kept = settings.require().get(SETTING).orElse("[]");
      try {
        held = byNode(ProblemDocument.readMaintenances(kept));
      } catch (JarvisException damaged) {
        LOG.error("{}", damaged.getMessage());
      }
      read = true;
    }
  }

  private void keep(Map<ResourceRef, Maintenance> all) {
    settings.require().put(SETTING, ProblemDocument.write(List.copyOf(all.values())));
    held = Map.copyOf(all);
  }

  private static Map<ResourceRef, Maintenance> byNode(List<Maintenance> kept) {
    return kept.stream()
        .collect(Collectors.toUnmodifiableMap(Maintenance::node, one -> one, (a, b) -> b));
  }
}
