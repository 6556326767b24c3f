package org.jarvis.chat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What one turn and all of them may take.
 *
 * @param callsPerTurn how many tools may be asked for
 * @param tokensPerTurn how many tokens questions and answers may have together
 * @param moneyPerTurn what it may cost
 * @param timePerTurn how long it may take, the time in which a person is awaited not counted
 * @param moneyPerDay what all turns of a day may cost
 * @param moneyPerMonth what all turns of a month may cost
 * @param answerTokens how long one answer may be
 * @param recordsText whether the audit log keeps what was said, and not only how much
 */
record ChatSettings(
    int callsPerTurn,
    long tokensPerTurn,
    BigDecimal moneyPerTurn,
    Duration timePerTurn,
    BigDecimal moneyPerDay,
    BigDecimal moneyPerMonth,
    int answerTokens,
    boolean recordsText) {
  static final String CALLS = "turn.calls";
  static final String TOKENS = "turn.tokens";
  static final String MONEY = "turn.money";
  static final String SECONDS = "turn.seconds";
  static final String DAILY = "budget.daily";
  static final String MONTHLY = "budget.monthly";
  static final String ANSWER = "answer.tokens";
  static final String RECORD = "audit.text";

  private static final String FILE = "etc/org.jarvis.chat.cfg: ";
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,4})?");

  /**
   * What a configuration says. What is wrong in it is complained about, and the usual value or, of
   * money, nothing at all stands in its place.
   */
  static ChatSettings read(Map<String, ?> properties, List<String> complaints) {
    Reading from = new Reading(properties, complaints);
    return new ChatSettings(
        from.number(CALLS, 40, 1, 1_000),
        from.number(TOKENS, 400_000, 1_000, 100_000_000),
        from.money(MONEY, "1.00"),
        Duration.ofSeconds(from.number(SECONDS, 600, 10, 86_400)),
        from.money(DAILY, "5.00"),
        from.money(MONTHLY, "50.00"),
        from.number(ANSWER, 4_096, 64, 200_000),
        from.flag(RECORD));
  }

  static ChatSettings usual() {
    return read(Map.of(), new ArrayList<>());
  }

  private record Reading(Map<String, ?> properties, List<String> complaints) {
    private String text(String key) {
      Object value = properties.get(key);
      return value == null ? "" : value.toString().strip();
    }

    int number(String key, int usual, int least, int most) {
      String text = text(key);
      try {
        int number = text.isEmpty() ? usual : Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException invalid) {
        // Said below, as for a number that is out of bounds.
      }
      complaints.add(FILE + key + " is a whole number from " + least + " to " + most + ".");
      return usual;
    }

    /** Fails closed: where the limit cannot be read nothing may be spent. */
    BigDecimal money(String key, String usual) {
      String text = text(key);
      if (text.isEmpty()) {
        return new BigDecimal(usual);
      }
      if (DECIMAL.matcher(text).matches()) {
        return new BigDecimal(text);
      }
      complaints.add(FILE + key + " is an amount such as 2.50; until then nothing may be spent.");
      return BigDecimal.ZERO;
    }

    boolean flag(String key) {
      String text = text(key);
      if (text.isEmpty() || text.equals("false") || text.equals("true")) {
        return text.equals("true");
      }
      complaints.add(FILE + key + " is true or false; taken as false.");
      return false;
    }
  }
}
