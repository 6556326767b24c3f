package org.jarvis.tools.guest;

import java.time.Duration;
import org.jarvis.api.tool.Arguments;
import org.jarvis.tools.form.InputSchema;

/** The argument that says how long a guest may take to shut down. */
final class Patience {
  static final String NAME = "timeoutSeconds";
  static final int LONGEST = 900;
  private static final int USUAL = 180;

  private Patience() {}

  /** Its schema. */
  static String property(String what) {
    return InputSchema.whole(NAME, 1, LONGEST, USUAL, "How many seconds " + what + ".");
  }

  static Duration of(Arguments arguments) {
    return Duration.ofSeconds(arguments.integer(NAME).orElse(USUAL));
  }
}
