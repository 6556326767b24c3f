package org.jarvis.core.terminal;

import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.auth.SessionListener;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.host.TerminalRequest;
import org.jarvis.api.host.TerminalView;
import org.jarvis.api.host.Terminals;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.resource.LiveState;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.action.TerminalLedger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terminals that people have open. What is missing keeps them closed: the login, the safety
 * rules, the storage, usable settings. Safe from any thread.
 */
public final class PersonTerminals implements Terminals, SessionListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PersonTerminals.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 16;

  private final Parts parts;
  private final Destinations destinations;
  private final Recordings recordings;
  private final TerminalRecord record;
  private final TerminalRound round;

  /** How many each person is just opening. Guarded by this. */
  private final Map<String, Integer> opening = new HashMap<>();

  private boolean closed;

  /**
   * What terminals are made of.
   *
   * @param clock tells the time
   * @param hosts knows the hosts
   * @param state the live state
   * @param lines opens lines to hosts
   * @param ledger writes the actions down
   * @param audit keeps who had a terminal on what
   * @param accounts checks passwords, and knows which sessions last
   * @param settings what was configured
   * @param obstacle tells what else is missing that no terminal is opened without
   * @param recordings the folder that recordings are kept in
   * @param workers types, and writes to disk; its threads may block
   * @param timer wakes what is due; its threads never block
   */
  public record Parts(
      Clock clock,
      Hosts hosts,
      LiveState state,
      HostLines lines,
      TerminalLedger ledger,
      ServiceSlot<AuditLog> audit,
      ServiceSlot<Accounts> accounts,
      ServiceSlot<TerminalConfiguration> settings,
      Supplier<Optional<String>> obstacle,
      Path recordings,
      ExecutorService workers,
      ScheduledExecutorService timer) {}

  /** Terminals of these parts. */
  public PersonTerminals(Parts parts) {
    this.parts = parts;
    this.destinations = new Destinations(parts.hosts(), parts.state());
    this.recordings = new Recordings(parts.recordings(), parts.clock());
    this.record = new TerminalRecord(parts.clock(), parts.ledger(), parts.audit());
    parts.ledger().endWith(this::cancel);
    this.round = new TerminalRound(parts, record, recordings);
  }

  @Override
  public Opened open(Wish wish, Authentication by, @Nullable Secret password, String address) {
    Principal person = person(by.principal()).from(address);
    TerminalRules rules = rules();
    checkSize(wish);
    parts
        .obstacle()
        .get()
        .ifPresent(
            missing -> {
              throw new JarvisException(ErrorCode.PART_MISSING, missing);
            });
    Destination destination = destinations.of(wish);
    TerminalLedger.Draft draft =
        TerminalRecord.draft(destination, wish.columns(), wish.rows(), person, rules);
    Optional<String> objection = parts.ledger().objection(person);
    if (objection.isPresent()) {
      Action refused = parts.ledger().refuse(draft, objection.get());
      return new Opened(refused, Optional.empty(), Optional.empty());
    }
    if (rules.password()) {
      confirm(by, password, address);
    }
    takePlace(person, rules);
    try {
      return open(draft, destination, rules, wish);
    } finally {
      giveBack(person);
    }
  }

  private void confirm(Authentication by, @Nullable Secret password, String address) {
    if (password == null || password.isEmpty()) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "Opening a terminal takes your password again.",
          List.of(new FieldError("password", "must be your password")));
    }
    accounts().confirmPassword(by, password, address);
  }

  private synchronized void takePlace(Principal person, TerminalRules rules) {
    List<LiveTerminal> open = round.live();
    String name = person.name();
    long own =
        open.stream().filter(one -> one.identity().owner().name().equals(name)).count()
            + opening.getOrDefault(name, 0);
    int all = open.size() + opening.values().stream().mapToInt(Integer::intValue).sum();
    if (closed || own >= rules.mostOfOne() || all >= rules.mostOfAll()) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          own >= rules.mostOfOne()
              ? "You have " + own + " terminals open, which is the most. End one of them first."
              : all + " terminals are open, which is the most. One of them has to end first.");
    }
    opening.merge(name, 1, Integer::sum);
  }

  private synchronized void giveBack(Principal person) {
    opening.computeIfPresent(person.name(), (name, count) -> count == 1 ? null : count - 1);
  }

  private Opened open(
      TerminalLedger.Draft draft, Destination destination, TerminalRules rules, Wish wish) {
    Action action = parts.ledger().begin(draft);
    LiveTerminal terminal;
    try {
      terminal = terminal(action, destination, rules, wish);
    } catch (JarvisException unrecordable) {
      Action failed =
          parts
              .ledger()
              .ended(
                  action.id(), ActionState.FAILED, unrecordable.code(), unrecordable.getMessage());
      return new Opened(failed, Optional.empty(), Optional.empty());
    }
    try {
      record.opened(terminal);
      round.add(terminal);
      terminal.connected(
          parts
              .lines()
              .open(
                  destination.host().id(),
                  new TerminalRequest(wish.columns(), wish.rows(), destination.program()),
                  terminal));
    } catch (JarvisException failure) {
      return failed(terminal, failure.code(), failure.getMessage());
    } catch (RuntimeException failure) {
      LOG.warn("The connector of {} failed", destination.host().id(), failure);
      return failed(
          terminal, ErrorCode.INTERNAL, "The connector of this host failed; the log has it.");
    }
    return new Opened(action, Optional.of(terminal.shown()), Optional.of(terminal.secret()));
  }

  private Opened failed(LiveTerminal terminal, ErrorCode code, String message) {
    terminal.end(Ending.failed(code, message));
    round.forget(terminal);
    return new Opened(
        parts.ledger().require(terminal.identity().action()), Optional.empty(), Optional.empty());
  }

  private LiveTerminal terminal(
      Action action, Destination destination, TerminalRules rules, Wish wish) {
    Instant now = parts.clock().instant();
    CastWriter recorder =
        rules.recorded()
            ? recordings.begin(
                new CastWriter.Header(
                    now,
                    wish.columns(),
                    wish.rows(),
                    destination.title(),
                    destination.host().id().toString(),
                    action.principal().name(),
                    action.id()),
                rules.recordingLimit())
            : null;
    return new LiveTerminal(
        new LiveTerminal.Identity(
            random(ID_BYTES).reveal(), action.id(), action.principal(), destination, now),
        parts.clock(),
        rules.idleLimit(),
        () -> random(SECRET_BYTES),
        parts.workers(),
        recorder,
        round::ended);
  }

  private static Secret random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  @Override
  public List<OpenTerminal> open(Principal person) {
    String name = person(person).name();
    return round.live().stream()
        .filter(terminal -> terminal.identity().owner().name().equals(name))
        .sorted(Comparator.comparing(terminal -> terminal.identity().openedAt()))
        .map(LiveTerminal::shown)
        .toList();
  }

  @Override
  public void close(String id, Principal person) {
    String name = person(person).name();
    LiveTerminal terminal = round.find(id).orElse(null);
    if (terminal == null
        || terminal.ending() != null
        || !terminal.identity().owner().name().equals(name)) {
      throw noSuchTerminal();
    }
    terminal.end(Ending.ordinary(null, name + " ended it."));
  }

  @Override
  public TerminalView attach(
      String id, Secret secret, long after, Principal person, Runnable news) {
    String credential = person(person).credential();
    LiveTerminal terminal = round.find(id).orElse(null);
    if (terminal == null || !terminal.identity().owner().credential().equals(credential)) {
      throw noSuchTerminal();
    }
    return terminal.attach(secret, after, news);
  }

  @Override
  public Terms terms() {
    TerminalRules rules = rules();
    return new Terms(rules.password(), rules.recorded(), rules.idleLimit());
  }

  @Override
  public List<Recording> recordings(Principal person) {
    person(person);
    return recordings.all();
  }

  @Override
  public InputStream recording(String id, Principal person) {
    person(person);
    return recordings.read(id);
  }

  @Override
  public void sessionEnded(String credential) {
    round.sessionEnded(credential);
  }

  private void cancel(String action, Principal principal) {
    round.live().stream()
        .filter(terminal -> terminal.identity().action().equals(action))
        .forEach(
            terminal ->
                terminal.end(Ending.cut(ErrorCode.CONFLICT, principal.name() + " ended it.")));
  }

  private TerminalRules rules() {
    return parts
        .settings()
        .get()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.PART_MISSING,
                    "No terminal can be opened: etc/org.jarvis.terminal.cfg cannot be used. The"
                        + " log says what is wrong with it."))
        .rules();
  }

  private Accounts accounts() {
    return parts
        .accounts()
        .get()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.PART_MISSING,
                    "The login (bundle org.jarvis.auth) is not there at the moment, so no password"
                        + " can be checked."));
  }

  private static void checkSize(Wish wish) {
    if (wish.columns() < 1 || wish.columns() > 1000 || wish.rows() < 1 || wish.rows() > 1000) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "A terminal has 1 to 1000 columns and rows.",
          List.of(new FieldError("columns", "and \"rows\" must be numbers from 1 to 1000")));
    }
  }

  private static Principal person(Principal principal) {
    if (!principal.isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person who is logged in with a browser session has terminals; no token, model or"
              + " program does.");
    }
    return principal;
  }

  private static JarvisException noSuchTerminal() {
    return new JarvisException(
        ErrorCode.NOT_FOUND, "This session has no such terminal; it may have ended.");
  }

  /** Ends all of them. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    round.close();
  }
}
