package org.jarvis.api.safety;

/**
 * The limits that an admin person sets to all that Jarvis does.
 *
 * @param halted whether the kill switch is on: nothing starts that a person has not directly asked
 *     for, and what runs takes no further step
 * @param autonomy how far Jarvis may go without being asked
 */
public record Guardrails(boolean halted, Autonomy autonomy) {
  /** What counts while nobody can read what was set. */
  public static final Guardrails STRICTEST = new Guardrails(true, Autonomy.OBSERVE);

  /** What counts before anybody has set anything. */
  public static final Guardrails INITIAL = new Guardrails(false, Autonomy.ASK);
}
