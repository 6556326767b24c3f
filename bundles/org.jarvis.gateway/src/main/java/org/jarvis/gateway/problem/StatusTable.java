package org.jarvis.gateway.problem;

import java.util.Map;
import org.jarvis.api.error.ErrorCode;

/**
 * The one table from error codes to HTTP status.
 *
 * <table>
 * <caption>Status by code</caption>
 * <tr><td>400</td><td>{@code malformed-request}</td></tr>
 * <tr><td>401</td><td>{@code unauthenticated login-failed}</td></tr>
 * <tr><td>403</td><td>{@code refused person-required csrf-invalid foreign-origin
 *     setup-token-invalid insufficient-scope}</td></tr>
 * <tr><td>404</td><td>{@code not-found unknown-tool not-present}</td></tr>
 * <tr><td>409</td><td>{@code conflict already-running not-running locked vanished setup-done
 *     approval-used approval-decided approval-expired approval-lapsed target-busy no-quorum}</td>
 *     </tr>
 * <tr><td>413</td><td>{@code too-large}</td></tr>
 * <tr><td>422</td><td>{@code invalid-input invalid-arguments ambiguous-target typed-name-wrong}
 *     </td></tr>
 * <tr><td>429</td><td>{@code throttled}, with {@code Retry-After}</td></tr>
 * <tr><td>502</td><td>what a watched system is to blame for</td></tr>
 * <tr><td>503</td><td>{@code part-missing connector-missing storage-unavailable unreachable
 *     not-sent}</td></tr>
 * <tr><td>504</td><td>{@code timed-out}</td></tr>
 * <tr><td>500</td><td>the rest</td></tr>
 * </table>
 */
final class StatusTable {
  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad request"),
          Map.entry(401, "Login required"),
          Map.entry(403, "Refused"),
          Map.entry(404, "Not found"),
          Map.entry(405, "Method not allowed"),
          Map.entry(406, "Not acceptable"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Too large"),
          Map.entry(415, "Unsupported media type"),
          Map.entry(422, "Invalid input"),
          Map.entry(426, "Upgrade required"),
          Map.entry(414, "Address too long"),
          Map.entry(431, "Headers too large"),
          Map.entry(429, "Too many attempts"),
          Map.entry(500, "Internal error"),
          Map.entry(502, "Failure of a watched system"),
          Map.entry(503, "Not available"),
          Map.entry(504, "Timed out"),
          Map.entry(505, "HTTP version not supported"));

  private StatusTable() {}

  static int status(ErrorCode code) {
    return switch (code) {
      case MALFORMED_REQUEST -> 400;
      case UNAUTHENTICATED, LOGIN_FAILED -> 401;
      case REFUSED,
          PERSON_REQUIRED,
          CSRF_INVALID,
          FOREIGN_ORIGIN,
          SETUP_TOKEN_INVALID,
          INSUFFICIENT_SCOPE ->
          403;
      case NOT_FOUND, UNKNOWN_TOOL, NOT_PRESENT -> 404;
      case CONFLICT,
          ALREADY_RUNNING,
          NOT_RUNNING,
          LOCKED,
          VANISHED,
          SETUP_DONE,
          APPROVAL_USED,
          APPROVAL_DECIDED,
          APPROVAL_EXPIRED,
          APPROVAL_LAPSED,
          TARGET_BUSY,
          NO_QUORUM ->
          409;
      case TOO_LARGE -> 413;
      case INVALID_INPUT, INVALID_ARGUMENTS, AMBIGUOUS_TARGET, TYPED_NAME_WRONG -> 422;
      case THROTTLED -> 429;
      case CERTIFICATE_UNTRUSTED,
          CREDENTIALS_REFUSED,
          PRIVILEGE_MISSING,
          BAD_REPLY,
          REMOTE_ERROR,
          TASK_FAILED,
          EFFECT_MISSING ->
          502;
      case PART_MISSING, CONNECTOR_MISSING, STORAGE_UNAVAILABLE, UNREACHABLE, NOT_SENT -> 503;
      case TIMED_OUT -> 504;
      case MISCONFIGURED, INTERNAL -> 500;
    };
  }

  static String title(int status) {
    return TITLES.getOrDefault(status, "Error");
  }
}
