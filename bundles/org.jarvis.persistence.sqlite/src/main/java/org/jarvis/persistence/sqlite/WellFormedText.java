package org.jarvis.persistence.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.MappedTypes;
import org.apache.ibatis.type.StringTypeHandler;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * Keeps text as UTF-8. Half a surrogate pair has no UTF-8 form; it becomes U+FFFD, because a
 * hostile string from a cluster must not be able to prevent a record.
 */
@MappedTypes(String.class)
final class WellFormedText extends StringTypeHandler {
  private static final char REPLACEMENT = '\uFFFD';

  /** The text with every unpaired surrogate replaced. */
  static String of(String text) {
    if (isWellFormed(text)) {
      return text;
    }
    StringBuilder copy = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> copy.appendCodePoint(isUnpaired(point) ? REPLACEMENT : point));
    return copy.toString();
  }

  /** Whether the text comes back as it is. */
  static boolean isWellFormed(String text) {
    return text.codePoints().noneMatch(WellFormedText::isUnpaired);
  }

  /** Refuses text that would not come back as it is. */
  static void require(String text, String what) {
    if (!isWellFormed(text)) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "The %s holds half a character. Choose one of ordinary letters and digits."
              .formatted(what));
    }
  }

  private static boolean isUnpaired(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  @Override
  public void setNonNullParameter(
      PreparedStatement statement, int index, String text, JdbcType type) throws SQLException {
    super.setNonNullParameter(statement, index, of(text), type);
  }
}
