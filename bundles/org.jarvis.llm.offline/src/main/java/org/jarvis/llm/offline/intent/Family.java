package org.jarvis.llm.offline.intent;

import java.util.List;

/** Intents that belong together. */
interface Family {
  /** What they are about, for people. */
  String title();

  /** The intents; of equal fits the first counts. */
  List<Intent> intents();
}
