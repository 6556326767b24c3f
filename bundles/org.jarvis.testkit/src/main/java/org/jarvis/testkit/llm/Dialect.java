package org.jarvis.testkit.llm;

import java.util.List;

/**
 * How the servers of one protocol say things: bodies of streamed replies, as text. What is told in
 * several pieces comes in several events.
 */
public interface Dialect {
  /**
   * A call of a tool.
   *
   * @param id its id
   * @param name the tool
   * @param arguments its arguments as they are sent, which may be no JSON
   */
  record Asked(String id, String name, String arguments) {}

  /** A whole answer in these pieces. */
  String says(List<String> pieces);

  /** A whole answer of words and calls, whose arguments come in fragments. */
  String asks(String words, List<Asked> calls);

  /** An answer that became too long within the arguments of a call. */
  String cutWithin(Asked call);

  /** An answer that the server refused to go on with after a whole call. */
  String refusedAfter(String words, Asked call);

  /** An answer that ended, after a whole call, for a reason that nobody knows. */
  String endedOddlyAfter(Asked call);

  /** The beginning of an answer, without any end. */
  String begins(String words);

  /** The beginning of an answer, followed by an error of an overloaded server. */
  String failsAfter(String words);

  /** The whole of a call, but nothing that says that the answer is over. */
  String neverEndsAfter(Asked call);

  /** Something that means nothing but that the server is alive. */
  String signOfLife();

  /** The body of an error that the server answers with instead of a stream. */
  String error(int status, String message);

  /** The status of an overloaded server. */
  int overloaded();

  /** How many tokens the question of every answer here has. */
  long inputTokens();

  /** How many tokens every whole answer here has. */
  long outputTokens();
}
