package org.jarvis.lab.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The faults by name, with the parameters that each takes: what the switches' API offers. */
@SuppressWarnings(
    "ImmutableEnumChecker") // Lists of List.of and functions without state, which the types cannot
// say.
public enum FaultKind {
  /** See {@link Fault.GuestCrash}. */
  GUEST_CRASH(
      "guest-crash",
      Fault.GuestCrash.class,
      List.of("vmid"),
      values -> new Fault.GuestCrash(vmid(values))),
  /** See {@link Fault.GuestLocked}. */
  GUEST_LOCKED(
      "guest-locked",
      Fault.GuestLocked.class,
      List.of("vmid", "lock"),
      values -> new Fault.GuestLocked(vmid(values), values.getOrDefault("lock", "backup"))),
  /** See {@link Fault.GuestVanished}. */
  GUEST_VANISHED(
      "guest-vanished",
      Fault.GuestVanished.class,
      List.of("vmid"),
      values -> new Fault.GuestVanished(vmid(values))),
  /** See {@link Fault.GuestDeaf}. */
  GUEST_DEAF(
      "guest-deaf",
      Fault.GuestDeaf.class,
      List.of("vmid"),
      values -> new Fault.GuestDeaf(vmid(values))),
  /** See {@link Fault.NodeOffline}. */
  NODE_OFFLINE(
      "node-offline",
      Fault.NodeOffline.class,
      List.of("node"),
      values -> new Fault.NodeOffline(required(values, "node"))),
  /** See {@link Fault.QuorumLost}. */
  QUORUM_LOST("quorum-lost", Fault.QuorumLost.class, List.of(), values -> new Fault.QuorumLost()),
  /** See {@link Fault.TokensRevoked}. */
  TOKENS_REVOKED(
      "tokens-revoked", Fault.TokensRevoked.class, List.of(), values -> new Fault.TokensRevoked()),
  /** See {@link Fault.SlowReplies}. */
  SLOW_REPLIES(
      "slow-replies",
      Fault.SlowReplies.class,
      List.of("millis"),
      values -> new Fault.SlowReplies(Duration.ofMillis(number(values, "millis", "5000")))),
  /** See {@link Fault.BrokenJson}. */
  BROKEN_JSON("broken-json", Fault.BrokenJson.class, List.of(), values -> new Fault.BrokenJson()),
  /** See {@link Fault.HtmlReplies}. */
  HTML_REPLIES(
      "html-replies", Fault.HtmlReplies.class, List.of(), values -> new Fault.HtmlReplies()),
  /** See {@link Fault.CutReplies}. */
  CUT_REPLIES("cut-replies", Fault.CutReplies.class, List.of(), values -> new Fault.CutReplies()),
  /** See {@link Fault.Silence}. */
  SILENCE("silence", Fault.Silence.class, List.of(), values -> new Fault.Silence()),
  /** See {@link Fault.WrongCertificate}. */
  WRONG_CERTIFICATE(
      "wrong-certificate",
      Fault.WrongCertificate.class,
      List.of(),
      values -> new Fault.WrongCertificate());

  private final String word;
  private final Class<? extends Fault> type;
  private final List<String> parameters;
  private final Function<Map<String, String>, Fault> maker;

  FaultKind(
      String word,
      Class<? extends Fault> type,
      List<String> parameters,
      Function<Map<String, String>, Fault> maker) {
    this.word = word;
    this.type = type;
    this.parameters = parameters;
    this.maker = maker;
  }

  /** Its name. */
  public String word() {
    return word;
  }

  /** The names of its parameters. */
  public List<String> parameters() {
    return parameters;
  }

  /** The kind of a fault. */
  public static FaultKind of(Fault fault) {
    for (FaultKind kind : values()) {
      if (kind.type.isInstance(fault)) {
        return kind;
      }
    }
    throw new IllegalStateException("fault " + fault + " has no kind");
  }

  /** The kind of this name, if there is one. */
  public static Optional<FaultKind> named(String word) {
    return List.of(values()).stream().filter(kind -> kind.word.equals(word)).findFirst();
  }

  /**
   * A fault of this kind.
   *
   * @throws IllegalArgumentException with a sentence about the parameter that is missing, unknown
   *     or of no use
   */
  public Fault with(Map<String, String> values) {
    for (String name : values.keySet()) {
      if (!parameters.contains(name)) {
        throw new IllegalArgumentException(
            word
                + " takes "
                + (parameters.isEmpty() ? "no parameters" : parameters)
                + ", not "
                + name);
      }
    }
    return maker.apply(values);
  }

  private static int vmid(Map<String, String> values) {
    return (int) number(values, "vmid", required(values, "vmid"));
  }

  private static String required(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("parameter " + name + " is missing");
    }
    return value;
  }

  private static long number(Map<String, String> values, String name, String otherwise) {
    String value = values.getOrDefault(name, otherwise);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "parameter " + name + " is '" + value + "', not a number", notANumber);
    }
  }
}
