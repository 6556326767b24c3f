package org.jarvis.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.chat.Conversation;

/**
 * A conversation as it is kept.
 *
 * @param id its id
 * @param title what it is about
 * @param named whether a person gave it that title
 * @param owner the account it belongs to
 * @param speaker who spoke last, in whose name tools are asked for
 * @param createdAt when it began
 * @param changedAt when something was last said
 * @param state whether somebody is awaited
 * @param entries what was said
 */
record Talk(
    String id,
    String title,
    boolean named,
    String owner,
    Principal speaker,
    Instant createdAt,
    Instant changedAt,
    Conversation.State state,
    List<Entry> entries) {
  static final String UNTITLED = "New conversation";

  Talk {
    entries = List.copyOf(entries);
  }

  Talk titled(String next, boolean byPerson) {
    return new Talk(id, next, byPerson, owner, speaker, createdAt, changedAt, state, entries);
  }

  Talk in(Conversation.State next) {
    return new Talk(id, title, named, owner, speaker, createdAt, changedAt, next, entries);
  }

  Talk saying(Principal who, Instant now, Entry... further) {
    List<Entry> next = new ArrayList<>(entries);
    next.addAll(List.of(further));
    return new Talk(id, title, named, owner, who, createdAt, now, Conversation.State.RUNNING, next);
  }

  Talk with(int index, Entry entry) {
    List<Entry> next = new ArrayList<>(entries);
    next.set(index, entry);
    return new Talk(id, title, named, owner, speaker, createdAt, changedAt, state, next);
  }

  Entry last() {
    return entries.get(entries.size() - 1);
  }
}
