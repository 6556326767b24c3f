package org.jarvis.safety.command;

import java.util.List;
import org.jarvis.api.command.Affected;
import org.jarvis.safety.command.grammar.Form;
import org.jarvis.safety.command.grammar.Meaning;
import org.jspecify.annotations.Nullable;

/**
 * What one program with its arguments means.
 *
 * @param meaning its tier and effect
 * @param vector what would run, its path resolved
 * @param root whether it needs root
 * @param affected what it does something to
 * @param mentions words that may name more that it does something to; empty when it only looks
 * @param contacts hosts that it contacts
 * @param reason why it means that, for people
 * @param instead what would be accepted instead; {@code null} where nothing comes to mind
 * @param form the form that decided; {@code null} when none fitted
 */
record Verdict(
    Meaning meaning,
    List<String> vector,
    boolean root,
    List<Affected> affected,
    List<String> mentions,
    List<String> contacts,
    String reason,
    @Nullable String instead,
    @Nullable Form form) {
  Verdict {
    vector = List.copyOf(vector);
    affected = List.copyOf(affected);
    mentions = List.copyOf(mentions);
    contacts = List.copyOf(contacts);
  }
}
