package org.jarvis.api.safety;

import java.util.Objects;

/**
 * What one policy says about one request. The strictest of all policies' decisions wins; every
 * reason is kept.
 */
public sealed interface Decision {
  /** Why, in one sentence for people. */
  String reason();

  /** How strict it is; the higher number wins. */
  int severity();

  /** The word at the edges. */
  String verdict();

  /**
   * It may run.
   *
   * @param reason why
   */
  record Allow(String reason) implements Decision {
    /** Demands a reason. */
    public Allow {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public int severity() {
      return 0;
    }

    @Override
    public String verdict() {
      return "allow";
    }
  }

  /**
   * It may run, and is recorded prominently.
   *
   * @param reason why
   */
  record AllowAndRecord(String reason) implements Decision {
    /** Demands a reason. */
    public AllowAndRecord {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public int severity() {
      return 1;
    }

    @Override
    public String verdict() {
      return "allow-and-record";
    }
  }

  /**
   * It may run once a person has consented.
   *
   * @param reason why
   * @param consent the least gesture that counts
   */
  record RequireApproval(String reason, Consent consent) implements Decision {
    /** Demands a reason and a real gesture. */
    public RequireApproval {
      Objects.requireNonNull(reason, "reason");
      if (consent == Consent.NONE) {
        throw new IllegalArgumentException("An approval without a gesture is none.");
      }
    }

    @Override
    public int severity() {
      return 2;
    }

    @Override
    public String verdict() {
      return "require-approval";
    }
  }

  /**
   * It may not run, whoever consents.
   *
   * @param reason why, and what to do instead
   */
  record Deny(String reason) implements Decision {
    /** Demands a reason. */
    public Deny {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public int severity() {
      return 3;
    }

    @Override
    public String verdict() {
      return "deny";
    }
  }
}
