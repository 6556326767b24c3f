package org.jarvis.connector.proxmox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.text.InertText;

/**
 * Turns the error replies of Proxmox VE into typed errors, in this one place.
 *
 * <p>Proxmox VE answers most mistakes with status 500 and a sentence, so the sentences are what
 * tells them apart; they are those of versions 7 to 9. A 401 has its reason in the status line
 * alone, which the JDK's client does not show; a 595 to 599 means that the member that was asked
 * could not reach the one that it was asked about.
 */
final class ErrorReplies {
  private static final int MESSAGE_LIMIT = 300;
  private static final int FIELD_LIMIT = 64;
  private static final int FIELDS_LIMIT = 20;
  private static final int FIELDS_TEXT_LIMIT = 1000;
  private static final Pattern PRIVILEGE = Pattern.compile("\\((/[^,()]*), ([A-Za-z.|,& ]+)\\)");
  private static final Pattern ALREADY_RUNNING = words("already running");
  private static final Pattern MUST_BE_OFF =
      words(
          "is running - destroy failed|container is running"
              + "|can't migrate running|full clones? (?:of|on) a running");
  private static final Pattern NOT_RUNNING = words("not running");
  private static final Pattern LOCKED = words("is locked(?: \\(([a-z-]+)\\))?");
  private static final Pattern BUSY = words("can't lock file|got timeout");
  private static final Pattern VANISHED =
      words(
          "configuration file '.*' does not exist"
              + "|unable to find configuration file for (?:vm|ct)|no such (?:vm|ct)");
  private static final Pattern NO_QUORUM =
      words("no quorum|cluster not ready|'/etc/pve/.*permission denied");
  // PVE::Tools::assert_if_modified, and what the resizing of a disk said before it.
  private static final Pattern EDITED = words("detected modified configuration|checksum missmatch");
  private static final Pattern TAKEN =
      words("already exists|already used|already defined|config file already exists");
  private static final Pattern NOTHING_THERE =
      words("(?:snapshot|disk|storage|volume|pool) '[^']*' (?:does not exist|is not available)");
  private static final Pattern PAUSED = words("is paused");
  private static final Pattern PROTECTED = words("protection mode enabled");
  private static final Pattern MANAGED = words("used in HA resources");
  private static final Pattern OWN_WAKING = words("cannot wake my self");
  private static final Pattern NO_ADDRESS_TO_WAKE = words("no wake on lan mac address defined");
  private static final Pattern NOT_PRESENT =
      words("not installed|no qemu guest agent configured|not initialized");
  private static final Pattern NO_NODE = words("hostname lookup '.*' failed|no such cluster node");

  private static final List<Refusal> REFUSALS =
      List.of(
          new Refusal(EDITED, ErrorCode.CONFLICT, " Look at it again, then decide anew."),
          new Refusal(TAKEN, ErrorCode.CONFLICT, " Choose another name or number."),
          new Refusal(NOTHING_THERE, ErrorCode.NOT_FOUND, ""),
          new Refusal(PAUSED, ErrorCode.CONFLICT, " Resume it first, or stop it."),
          new Refusal(MUST_BE_OFF, ErrorCode.ALREADY_RUNNING, " Stop the guest first."),
          new Refusal(
              PROTECTED,
              ErrorCode.CONFLICT,
              " Turn its option Protection off in Proxmox VE first."),
          new Refusal(
              MANAGED, ErrorCode.CONFLICT, " Take it out of high availability, or purge it."),
          new Refusal(OWN_WAKING, ErrorCode.CONFLICT, " It answers, so it is awake."),
          new Refusal(
              NO_ADDRESS_TO_WAKE,
              ErrorCode.NOT_PRESENT,
              " Set it on a member of the cluster: pvenode config set --wakeonlan MAC"));

  private final Access access;

  /** Words of a refusal, what they mean, and what to do. */
  private record Refusal(Pattern words, ErrorCode code, String advice) {}

  ErrorReplies(Access access) {
    this.access = access;
  }

  private static Pattern words(String expression) {
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
  }

  /**
   * The error that a reply means.
   *
   * @param member who answered, for messages
   * @param call what was asked
   * @param status the HTTP status, not a success
   * @param reply the reply's JSON; missing where there is none
   */
  JarvisException of(String member, String call, int status, JsonNode reply) {
    String said = InertText.marked(reply.path("message").asText(""), MESSAGE_LIMIT);
    if (status >= 300 && status < 400) {
      return error(
          ErrorCode.BAD_REPLY,
          member
              + ": redirects to another address, which Jarvis does not follow. Write the API's"
              + " own address into addresses in "
              + access.configuredIn()
              + ".");
    }
    return switch (status) {
      case 400 -> invalid(member, call, said, reply.path("errors"));
      case 401 -> refused(member);
      case 403 -> forbidden(member, call, said);
      case 404 ->
          error(
              ErrorCode.BAD_REPLY,
              member
                  + ": answers "
                  + call
                  + " with 404, as Proxmox VE never does. Check addresses"
                  + " in "
                  + access.configuredIn()
                  + ".");
      case 429, 502, 503 ->
          error(
              ErrorCode.UNREACHABLE,
              member + ": is not ready (HTTP " + status + "). Jarvis goes on trying.");
      case 501 ->
          error(
              ErrorCode.REMOTE_ERROR,
              member
                  + ": does not have the call "
                  + call
                  + ". Its version of Proxmox VE lacks it, or something else answers there.");
      case 504, 596, 597, 598, 599 ->
          error(
              ErrorCode.TIMED_OUT,
              member
                  + ": got no answer from the node that "
                  + call
                  + " is about (HTTP "
                  + status
                  + "). Check that node and its network.");
      case 595 ->
          error(
              ErrorCode.UNREACHABLE,
              member
                  + ": cannot reach the node that "
                  + call
                  + " is about. It is down or cut off;"
                  + " check its power and network.");
      default -> remote(member, call, status, said);
    };
  }

  /** Whether a reply has a reason in it. */
  static boolean explains(JsonNode reply) {
    return !reply.path("message").asText("").isBlank() || reply.path("errors").isObject();
  }

  /** The refusal of the credentials. */
  private JarvisException refused(String member) {
    return error(
        ErrorCode.CREDENTIALS_REFUSED,
        member
            + ": the API token "
            + access.token().account()
            + " was refused: it was revoked,"
            + " has expired, or its secret is wrong. Check it in Proxmox VE under Datacenter >"
            + " Permissions > API Tokens, then token in "
            + access.configuredIn()
            + ".");
  }

  private JarvisException forbidden(String member, String call, String said) {
    Matcher named = PRIVILEGE.matcher(said);
    String account = access.token().account();
    if (!named.find()) {
      return error(
          ErrorCode.PRIVILEGE_MISSING,
          member
              + ": the API token "
              + account
              + " may not use "
              + call
              + (said.isEmpty() ? "." : " (" + said + ").")
              + " Give it a role that allows this, under Datacenter > Permissions.");
    }
    return error(
        ErrorCode.PRIVILEGE_MISSING,
        member
            + ": the API token "
            + account
            + " lacks the privilege "
            + named.group(2)
            + " on "
            + named.group(1)
            + ". Give it a role that has it: pveum acl modify "
            + named.group(1)
            + " --tokens '"
            + account
            + "' --roles ROLE");
  }

  private static JarvisException invalid(String member, String call, String said, JsonNode errors) {
    List<FieldError> fields = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    for (Map.Entry<String, JsonNode> entry : errors.properties()) {
      int left = FIELDS_TEXT_LIMIT - words.length();
      if (fields.size() >= FIELDS_LIMIT || left <= FIELD_LIMIT) {
        words.append("; and more");
        break;
      }
      String field = InertText.marked(entry.getKey(), FIELD_LIMIT);
      String message =
          InertText.marked(
              entry.getValue().asText(""), Math.min(MESSAGE_LIMIT, left - field.length()));
      fields.add(new FieldError(field, message));
      words.append(words.isEmpty() ? "" : "; ").append(field).append(": ").append(message);
    }
    String detail = words.isEmpty() ? said : words.toString();
    ErrorCode code =
        detail.contains("no such task") ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_INPUT;
    return new JarvisException(
        code,
        member
            + ": "
            + call
            + " was refused: "
            + (detail.isEmpty() ? "a parameter is wrong, and it does not say which." : detail),
        fields);
  }

  private static JarvisException remote(String member, String call, int status, String said) {
    if (said.isEmpty()) {
      return error(
          ErrorCode.REMOTE_ERROR,
          member
              + ": answered "
              + call
              + " with HTTP "
              + status
              + " and no reason. The node's"
              + " system log has it.");
    }
    Matcher locked = LOCKED.matcher(said);
    if (locked.find()) {
      return error(
          ErrorCode.LOCKED,
          member + ": " + sentence(said) + " Something works on the guest; wait until it is done.");
    }
    if (NO_QUORUM.matcher(said).find()) {
      return error(
          ErrorCode.NO_QUORUM,
          member
              + ": the cluster has no quorum, so nothing in it can be changed ("
              + said
              + "). Bring more of its nodes back first.");
    }
    if (VANISHED.matcher(said).find()) {
      return error(
          ErrorCode.VANISHED,
          member
              + ": the guest is not there any more, or has moved to another node: "
              + sentence(said));
    }
    if (NOT_PRESENT.matcher(said).find()) {
      return error(
          ErrorCode.NOT_PRESENT, member + ": " + call + " finds nothing there: " + sentence(said));
    }
    if (ALREADY_RUNNING.matcher(said).find()) {
      return error(ErrorCode.ALREADY_RUNNING, member + ": " + sentence(said));
    }
    if (NOT_RUNNING.matcher(said).find()) {
      return error(ErrorCode.NOT_RUNNING, member + ": " + sentence(said));
    }
    if (BUSY.matcher(said).find()) {
      return error(
          ErrorCode.TARGET_BUSY,
          member + ": " + sentence(said) + " Another task holds it; try again in a moment.");
    }
    if (NO_NODE.matcher(said).find()) {
      return error(
          ErrorCode.NOT_FOUND, member + ": the cluster has no such node: " + sentence(said));
    }
    return refusal(said)
        .map(why -> error(why.code(), member + ": " + sentence(said) + why.advice()))
        .orElseGet(
            () ->
                error(
                    ErrorCode.REMOTE_ERROR,
                    member + ": answered " + call + " with: " + sentence(said)));
  }

  /** Why something cannot be changed as it was asked for. */
  private static Optional<Refusal> refusal(String said) {
    return REFUSALS.stream().filter(refusal -> refusal.words().matcher(said).find()).findFirst();
  }

  private static String sentence(String said) {
    return said.endsWith(".") || said.endsWith("?") || said.endsWith("!") ? said : said + ".";
  }

  private static JarvisException error(ErrorCode code, String message) {
    return new JarvisException(code, message);
  }

  /** What stands for a body that is no JSON. */
  static JsonNode none() {
    return MissingNode.getInstance();
  }
}
