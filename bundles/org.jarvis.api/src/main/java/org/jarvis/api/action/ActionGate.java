package org.jarvis.api.action;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one gate: nothing outside Jarvis changes except through here. Click, chat, MCP, console,
 * extension and runbook are all callers of {@link #submit}.
 *
 * <p>The core provides the one service. Safe from any thread. Where a method throws, it throws
 * {@link org.jarvis.api.error.JarvisException}: {@code UNKNOWN_TOOL}, {@code INVALID_ARGUMENTS},
 * {@code NOT_FOUND} and {@code AMBIGUOUS_TARGET} before there is an action, {@code
 * STORAGE_UNAVAILABLE} where it cannot be recorded. A refusal is no exception but an action in
 * state {@link ActionState#REFUSED}.
 */
@ProviderType
public interface ActionGate {
  /** Decides exactly as {@link #submit} would, and does nothing after it. Nothing is recorded. */
  Action preview(ActionRequest request);

  /**
   * Resolves, validates, decides, and then runs it, or asks a person, or refuses. Returns as soon
   * as it runs, waits or has ended; the rest goes on by itself.
   */
  Action submit(ActionRequest request);

  /** Waits until the action has ended or needs a person, at most this long; then as it stands. */
  Action await(String actionId, Duration patience) throws InterruptedException;

  /** One action. */
  Optional<Action> find(String actionId);

  /** The newest actions, newest first; at most {@code limit}. */
  List<Action> recent(int limit);

  /** All actions that wait for a person, oldest first. */
  List<Action> awaitingApproval();

  /**
   * Takes a person's answer. A granted approval is consumed at once: the action runs when this
   * returns.
   *
   * @param answering who answers; anybody but a person is refused with {@code PERSON_REQUIRED}
   * @throws org.jarvis.api.error.JarvisException with {@code APPROVAL_USED}, {@code
   *     APPROVAL_DECIDED}, {@code APPROVAL_EXPIRED}, {@code APPROVAL_LAPSED} or {@code
   *     TYPED_NAME_WRONG}
   */
  Action answer(String approvalId, ApprovalAnswer answer, Principal answering);

  /** Cancels an action: one that waits ends; one that runs asks the cluster to end its task. */
  Action cancel(String actionId, Principal principal);

  /**
   * Ends an action that still waits for a person. One that a person has answered by then goes on
   * untouched, however short before.
   *
   * @param principal whoever asked for the action, or a person; anybody else is refused with {@code
   *     PERSON_REQUIRED}
   * @throws org.jarvis.api.error.JarvisException with {@code CONFLICT} where it does not wait, and
   *     the codes of {@link #answer} where it was answered in this moment
   */
  Action withdraw(String actionId, Principal principal);

  /** Asks for the inverse as a new action, decided afresh. */
  Action undo(String actionId, Principal principal, Origin origin);
}
