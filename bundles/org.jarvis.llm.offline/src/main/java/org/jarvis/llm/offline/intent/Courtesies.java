package org.jarvis.llm.offline.intent;

import java.util.List;

/** What is said to be polite. */
final class Courtesies implements Family {
  @Override
  public String title() {
    return "Courtesies";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of("greeting", "good morning", "greet you", Courtesies::greet, "hello you?"),
        Intent.of(
            "thanks",
            "thank you",
            "be thanked",
            asked -> Reply.of("You are welcome."),
            "thanks hello? you?"),
        Intent.of(
            "farewell",
            "good night",
            "take my leave",
            asked -> Reply.of("Good day. I keep watching."),
            "bye thanks? you?"),
        Intent.of(
            "nothing-to-confirm",
            "yes",
            "hear a yes or a no where I asked for one",
            asked -> Reply.of("There is nothing that waits for a yes. What would you like?"),
            "yes"),
        Intent.of(
            "never-mind",
            "never mind",
            "leave something be",
            asked -> Reply.of("Very well. Nothing was done."),
            "nope",
            "nope not|without",
            "without"));
  }

  private static Reply greet(Asked asked) {
    return Reply.of("Good day. " + Overview.sentence(asked));
  }
}
