package org.jarvis.itests.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A conversation with what has to come of it, from a file below {@code /chat}:
 *
 * <table>
 * <caption>Members</caption>
 * <tr><td>{@code id}</td><td>its name</td></tr>
 * <tr><td>{@code about}</td><td>what is worth knowing of it</td></tr>
 * <tr><td>{@code faults}</td><td>what is switched on in the lab before, as {@code name?place=…} or as
 *     an object with the name as {@code fault}</td></tr>
 * <tr><td>{@code lab}</td><td>what is written into the lab's configuration before, or done there, by
 *     its API</td></tr>
 * <tr><td>{@code aliases}</td><td>what the person calls things: {@code alias} and {@code ref} of
 *     each</td></tr>
 * <tr><td>{@code until}</td><td>a {@code path} of Jarvis that {@code has} a text before it begins</td></tr>
 * <tr><td>{@code turns}</td><td>what the person {@code says}, whether that was {@code pasted}, whether
 *     it begins a conversation {@code anew}, the {@code answers} to approvals in their order
 *     ({@code approve}, {@code reject}, {@code leave}; none needs to be asked for, unless the turn
 *     {@code waits}; the last one is for all that come after), and {@code stop} to stop at the first
 *     one</td></tr>
 * <tr><td>{@code model}</td><td>the script, see {@link ScriptedClaude}</td></tr>
 * <tr><td>{@code actions}</td><td>which tools must have come to which state, with these arguments
 *     among theirs</td></tr>
 * <tr><td>{@code never}</td><td>which tools must not have begun</td></tr>
 * <tr><td>{@code onlyLooks}</td><td>that nothing but what observes may have begun</td></tr>
 * <tr><td>{@code unchanged}</td><td>that nothing at all was changed in the lab</td></tr>
 * <tr><td>{@code tells}, {@code hides}</td><td>what is, and what is not, in the last answer, in any case
 *     of letters; of {@code tells} a text with bars has alternatives</td></tr>
 * </table>
 *
 * @param group the name of its file
 * @param script what the file says
 */
record ChatScenario(String group, JsonNode script) {
  /** Those of a file, such as {@code changes}. */
  static Stream<ChatScenario> of(String group) {
    try (InputStream in = ChatScenario.class.getResourceAsStream("/chat/" + group + ".json")) {
      List<ChatScenario> scenarios = new ArrayList<>();
      new ObjectMapper().readTree(in).forEach(one -> scenarios.add(new ChatScenario(group, one)));
      return scenarios.stream();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  String id() {
    return script.path("id").asText();
  }

  List<JsonNode> nodes(String member) {
    return StreamSupport.stream(script.path(member).spliterator(), false).toList();
  }

  List<String> texts(String member) {
    return nodes(member).stream().map(JsonNode::asText).toList();
  }

  boolean says(String member) {
    return script.path(member).asBoolean();
  }

  @Override
  public String toString() {
    return group + "/" + id();
  }
}
