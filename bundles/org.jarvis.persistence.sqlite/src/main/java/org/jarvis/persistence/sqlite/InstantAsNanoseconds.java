package org.jarvis.persistence.sqlite;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.MappedTypes;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an instant exactly, as nanoseconds since 1970, which sort as they are. Covers the years
 * 1678 to 2261.
 */
@MappedTypes(Instant.class)
final class InstantAsNanoseconds extends BaseTypeHandler<Instant> {
  private static final long SECOND = 1_000_000_000L;

  @Override
  public void setNonNullParameter(
      PreparedStatement statement, int index, Instant instant, JdbcType type) throws SQLException {
    statement.setLong(index, of(instant));
  }

  static long of(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), SECOND), (long) instant.getNano());
    } catch (ArithmeticException e) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "%s cannot be stored: only the years 1678 to 2261 can.".formatted(instant),
          e);
    }
  }

  static Instant instant(long nanoseconds) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanoseconds, SECOND), Math.floorMod(nanoseconds, SECOND));
  }

  @Override
  public @Nullable Instant getNullableResult(ResultSet result, String column) throws SQLException {
    long stored = result.getLong(column);
    return result.wasNull() ? null : instant(stored);
  }

  @Override
  public @Nullable Instant getNullableResult(ResultSet result, int column) throws SQLException {
    long stored = result.getLong(column);
    return result.wasNull() ? null : instant(stored);
  }

  @Override
  public @Nullable Instant getNullableResult(CallableStatement statement, int column)
      throws SQLException {
    long stored = statement.getLong(column);
    return statement.wasNull() ? null : instant(stored);
  }
}
