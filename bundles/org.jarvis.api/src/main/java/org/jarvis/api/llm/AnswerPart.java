package org.jarvis.api.llm;

import org.jarvis.api.tool.Arguments;

/** A part of an answer. */
public sealed interface AnswerPart {
  /**
   * Words.
   *
   * @param text not empty
   */
  record Text(String text) implements AnswerPart {
    /** Refuses what is empty: no server takes it back. */
    public Text {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("Words are not empty.");
      }
    }
  }

  /**
   * What only its own protocol understands, such as thinking with its signature: to be kept and
   * handed back unchanged. A provider leaves out what is of another format than its own.
   *
   * @param format whose it is, such as {@code anthropic}
   * @param payload the thing itself; never shown, never interpreted by others
   */
  record Opaque(String format, String payload) implements AnswerPart {}

  /** A part that asks for a tool and wants an outcome. */
  sealed interface Asking extends AnswerPart {
    /** The call's id, unique within its answer. */
    String id();

    /** The tool's name. */
    String name();
  }

  /**
   * A call of a tool that the request offered. Its arguments are complete JSON; whether they fit
   * the tool's schema is for the gate to say.
   *
   * @param id the call's id
   * @param name the tool's name
   * @param arguments what it is called with
   */
  record Call(String id, String name, Arguments arguments) implements Asking {}

  /**
   * A call that cannot be one: its arguments are no JSON object, or nobody offered such a tool. The
   * model wants to hear so by an outcome that is an error.
   *
   * @param id the call's id
   * @param name the name that was asked for, made to fit what servers take back
   * @param reason what is wrong, for the model and for people
   */
  record UnusableCall(String id, String name, String reason) implements Asking {
    private static final int LONGEST_NAME = 64;

    /** Makes the name fit. */
    public UnusableCall {
      String start = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
      String fit = start.replaceAll("[^a-zA-Z0-9_-]", "_");
      name = fit.isEmpty() ? "unnamed" : fit;
    }
  }
}
