package org.jarvis.api.host;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * People's own terminals: the one named exception to the gate. What is typed in one is judged by
 * nobody, so only a person in a browser session opens one, with the password again, and it is an
 * action of tier RED that runs while it is open. No tool opens one.
 *
 * <p>The core provides the one service. Safe from any thread. Every method but {@link #attach} may
 * wait for the disk; {@link #open} waits for the hashing of a password and for the host as well.
 * All throw {@link org.jarvis.api.error.JarvisException} with {@code PERSON_REQUIRED} for anybody
 * but a person.
 */
@ProviderType
public interface Terminals {
  /**
   * Opens a terminal, recorded before it begins. What is refused or fails is an action as well.
   *
   * @param by the person, in the session that the terminal belongs to and ends with
   * @param password the person's password; {@code null} only where settings do not ask for it
   * @param address the person's network address
   * @throws org.jarvis.api.error.JarvisException before there is an action: {@code LOGIN_FAILED} or
   *     {@code THROTTLED} for the password, {@code INVALID_INPUT}, {@code NOT_FOUND}, {@code
   *     AMBIGUOUS_TARGET}, {@code NOT_RUNNING}, {@code CONFLICT} where too many are open, {@code
   *     STORAGE_UNAVAILABLE} or {@code PART_MISSING} where it could not be recorded or judged
   */
  Opened open(Wish wish, Authentication by, @Nullable Secret password, String address);

  /** The terminals of this person's session that are open, oldest first. */
  List<OpenTerminal> open(Principal person);

  /**
   * Ends a terminal of this person.
   *
   * @throws org.jarvis.api.error.JarvisException with {@code NOT_FOUND}
   */
  void close(String id, Principal person);

  /**
   * Attaches to a terminal, in place of whoever was attached before. Answers at once.
   *
   * @param secret the one that was told last; it is used up by this
   * @param after the position up to which its output was received; negative for all that is kept
   * @param person who attaches, in the session that opened it
   * @param news called when there is something to take; must return at once
   * @throws org.jarvis.api.error.JarvisException with {@code NOT_FOUND}, or {@code REFUSED} for a
   *     wrong or used secret
   */
  TerminalView attach(String id, Secret secret, long after, Principal person, Runnable news);

  /** What opening asks for, and what is recorded. */
  Terms terms();

  /** The recordings that are kept, newest first. */
  List<Recording> recordings(Principal person);

  /**
   * A recording's text, as asciicast v2. The caller closes it.
   *
   * @throws org.jarvis.api.error.JarvisException with {@code NOT_FOUND}
   */
  InputStream recording(String id, Principal person);

  /**
   * The terminal that is wished for.
   *
   * @param host the name of a host, alone or as {@code cluster/name}; {@code null} where a resource
   *     is named
   * @param resource a node, or a guest, which is entered through its node; {@code null} where a
   *     host is named
   * @param columns its width in characters
   * @param rows its height in lines
   */
  record Wish(@Nullable String host, @Nullable ResourceRef resource, int columns, int rows) {}

  /**
   * What came of the wish.
   *
   * @param action the action: running, refused or failed
   * @param terminal the terminal, where it is open
   * @param secret with what to attach to it, once
   */
  record Opened(Action action, Optional<OpenTerminal> terminal, Optional<Secret> secret) {}

  /**
   * An open terminal.
   *
   * @param id its id
   * @param action the id of its action
   * @param host the host that it is on
   * @param resource what it was opened for
   * @param title what it is called, for people
   * @param openedAt since when
   * @param expiresAt when it ends unless somebody attaches; {@code null} while somebody is
   * @param recording the id of its recording; {@code null} where it is not recorded
   * @param hint what a person should know of it; {@code null} where that is nothing
   */
  record OpenTerminal(
      String id,
      String action,
      HostId host,
      ResourceRef resource,
      String title,
      Instant openedAt,
      @Nullable Instant expiresAt,
      @Nullable String recording,
      @Nullable String hint) {}

  /**
   * What opening asks for.
   *
   * @param password whether the password is asked for again
   * @param recorded whether what terminals print is recorded
   * @param idleLimit how long nothing may be typed before one ends
   */
  record Terms(boolean password, boolean recorded, Duration idleLimit) {}

  /**
   * A recording.
   *
   * @param id its id
   * @param host the host that it was on
   * @param title what it was called
   * @param person whose it was
   * @param startedAt when it began
   * @param size its size in bytes
   * @param open whether it still goes on
   */
  record Recording(
      String id,
      String host,
      String title,
      String person,
      Instant startedAt,
      long size,
      boolean open) {}
}
