package org.jarvis.api.error;

import java.util.Locale;

/**
 * Every kind of failure that Jarvis reports, by a stable name.
 *
 * <p>The {@link #code()} appears as {@code code} in {@code application/problem+json} bodies and in
 * action outcomes; it never changes its meaning once released.
 */
public enum ErrorCode {
  /** A request, argument or setting does not have the expected form. */
  INVALID_INPUT(ErrorKind.USER),
  /** The body is no well-formed JSON or lacks its envelope. */
  MALFORMED_REQUEST(ErrorKind.USER),
  /** Tool arguments do not fit the tool's schema. */
  INVALID_ARGUMENTS(ErrorKind.USER),
  /** Nothing exists under this address or id. */
  NOT_FOUND(ErrorKind.USER),
  /** No tool has this name. */
  UNKNOWN_TOOL(ErrorKind.USER),
  /** The arguments fit more than one resource. */
  AMBIGUOUS_TARGET(ErrorKind.USER),
  /** The resource is not in a state in which this can be done. */
  CONFLICT(ErrorKind.USER),
  /** The guest already runs. */
  ALREADY_RUNNING(ErrorKind.USER),
  /** The guest is already stopped. */
  NOT_RUNNING(ErrorKind.USER),
  /** The guest holds a lock, such as {@code backup} or {@code snapshot}. */
  LOCKED(ErrorKind.USER),
  /** The resource has nothing of the kind, such as Ceph on a cluster without it. */
  NOT_PRESENT(ErrorKind.USER),
  /** The resource was there when asked for, and is not any more. */
  VANISHED(ErrorKind.USER),
  /** The body is larger than allowed. */
  TOO_LARGE(ErrorKind.USER),

  /** No valid credentials came with the request. */
  UNAUTHENTICATED(ErrorKind.POLICY),
  /** User name or password is wrong. */
  LOGIN_FAILED(ErrorKind.POLICY),
  /** The one-time setup token is wrong. */
  SETUP_TOKEN_INVALID(ErrorKind.POLICY),
  /** Setup was done before. */
  SETUP_DONE(ErrorKind.USER),
  /** The CSRF header is missing or wrong. */
  CSRF_INVALID(ErrorKind.POLICY),
  /** The request's Origin or Host is not Jarvis's own. */
  FOREIGN_ORIGIN(ErrorKind.POLICY),
  /** Only a person in a browser session may do this. */
  PERSON_REQUIRED(ErrorKind.POLICY),
  /** The credentials do not cover this. */
  INSUFFICIENT_SCOPE(ErrorKind.POLICY),
  /** Too many attempts; try again later. */
  THROTTLED(ErrorKind.POLICY),
  /** A safety policy refused the action. */
  REFUSED(ErrorKind.POLICY),
  /** The approval was used before. */
  APPROVAL_USED(ErrorKind.POLICY),
  /** The approval was decided before. */
  APPROVAL_DECIDED(ErrorKind.POLICY),
  /** The approval was not decided or not used in time. */
  APPROVAL_EXPIRED(ErrorKind.POLICY),
  /** The target changed after the approval was asked for. */
  APPROVAL_LAPSED(ErrorKind.POLICY),
  /** The typed name is not the target's. */
  TYPED_NAME_WRONG(ErrorKind.USER),

  /** A part of Jarvis that is needed for this is not there at the moment. */
  PART_MISSING(ErrorKind.TRANSIENT),
  /** The connector of this cluster is not there at the moment. */
  CONNECTOR_MISSING(ErrorKind.TRANSIENT),
  /** The watched system does not answer. */
  UNREACHABLE(ErrorKind.TRANSIENT),
  /** The watched system did not answer in time. */
  TIMED_OUT(ErrorKind.TRANSIENT),
  /** The watched system could not be reached, so the change was never asked for. */
  NOT_SENT(ErrorKind.TRANSIENT),
  /** Storage cannot be read or written at the moment. */
  STORAGE_UNAVAILABLE(ErrorKind.TRANSIENT),
  /** Another action on the same target is running. */
  TARGET_BUSY(ErrorKind.TRANSIENT),

  /** The certificate of the watched system is not trusted. */
  CERTIFICATE_UNTRUSTED(ErrorKind.EXTERNAL),
  /** The watched system refused Jarvis's credentials. */
  CREDENTIALS_REFUSED(ErrorKind.EXTERNAL),
  /** Jarvis's credentials lack a privilege there. */
  PRIVILEGE_MISSING(ErrorKind.EXTERNAL),
  /** The cluster has no quorum. */
  NO_QUORUM(ErrorKind.EXTERNAL),
  /** The watched system's reply makes no sense. */
  BAD_REPLY(ErrorKind.EXTERNAL),
  /** The watched system answered with an error of its own. */
  REMOTE_ERROR(ErrorKind.EXTERNAL),
  /** The task on the watched system ended with an error. */
  TASK_FAILED(ErrorKind.EXTERNAL),
  /** The task ended well, but its effect cannot be seen. */
  EFFECT_MISSING(ErrorKind.EXTERNAL),

  /** A setting is missing or wrong. */
  MISCONFIGURED(ErrorKind.INTERNAL),
  /** A fault of Jarvis or of an extension. */
  INTERNAL(ErrorKind.INTERNAL);

  private final ErrorKind kind;
  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  ErrorCode(ErrorKind kind) {
    this.kind = kind;
  }

  /** The kind, which decides retry and HTTP status. */
  public ErrorKind kind() {
    return kind;
  }

  /** The stable name at the edges, such as {@code person-required}. */
  public String code() {
    return code;
  }
}
