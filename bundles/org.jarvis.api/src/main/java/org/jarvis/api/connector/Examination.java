package org.jarvis.api.connector;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What works with a cluster and what does not.
 *
 * @param checks each thing that was tried, in the order in which they build on each other
 */
public record Examination(List<Check> checks) {
  /** Keeps the checks from changing. */
  public Examination {
    checks = List.copyOf(checks);
  }

  /** Whether everything that Jarvis needs in order to watch the cluster works. */
  public boolean passed() {
    return checks.stream().noneMatch(check -> check.outcome() == Outcome.FAILED);
  }

  /**
   * One thing that was tried.
   *
   * @param name what, such as {@code certificate of 192.168.1.10} or {@code start and stop guests}
   * @param outcome whether it works
   * @param detail what was found
   * @param cure what to do, ready to be copied, {@code null} when nothing is to be done
   */
  public record Check(String name, Outcome outcome, String detail, @Nullable String cure) {}

  /** Whether something works. */
  public enum Outcome {
    /** It works. */
    PASSED,
    /** It does not work, and Jarvis is useful without it: a privilege for changing things, say. */
    LIMITED,
    /** It does not work, and without it Jarvis cannot watch the cluster. */
    FAILED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }
}
