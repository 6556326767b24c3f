package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditLog.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTamperingTest {
  private static final int RECORDS = 20;

  @TempDir Path folder;
  private SqliteStores stores;

  @BeforeEach
  void fillTheLog() throws SQLException {
    stores = SqliteStores.in(folder);
    for (int i = 1; i <= RECORDS; i++) {
      stores.audit().append(AuditEntries.numbered(i));
    }
    tamper("DROP TRIGGER audit_is_not_edited", "DROP TRIGGER audit_is_not_cut");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private void tamper(String... statements) throws SQLException {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    try (Connection connection =
            Database.writerSource(file, Duration.ofSeconds(5)).getConnection();
        var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE audit SET at = at + 1 WHERE seq = 7                             | 7
          UPDATE audit SET actor = 'eve' WHERE seq = 1                           | 1
          UPDATE audit SET detail = '{"x":1}' WHERE seq = 20                     | 20
          UPDATE audit SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE seq = 9 | 9
          UPDATE audit SET seq = 0 WHERE seq = 5                                 | 0
          UPDATE audit SET seq = 99 WHERE seq = 20                               | 20
          DELETE FROM audit WHERE seq = 1                                        | 1
          DELETE FROM audit WHERE seq = 12                                       | 12
          DELETE FROM audit WHERE seq > 15                                       | 16
          DELETE FROM audit                                                      | 1
          UPDATE audit_head SET hash = (SELECT hash FROM audit WHERE seq = 19)   | 20
          UPDATE audit_head SET seq = 19                                         | 20
          DELETE FROM audit_head                                                 | 1
          """)
  void findsTheFirstRecordThatIsNotAsItWas(String tampering, long firstBad) throws SQLException {
    assertThat(stores.audit().verify().valid()).isTrue();

    tamper(tampering);

    Verification found = stores.audit().verify();
    assertThat(found.valid()).isFalse();
    assertThat(found.firstBad()).isEqualTo(firstBad);
  }

  @Test
  void findsTwoRecordsThatChangedPlaces() throws SQLException {
    tamper(
        "UPDATE audit SET seq = -1 WHERE seq = 4",
        "UPDATE audit SET seq = 4 WHERE seq = 5",
        "UPDATE audit SET seq = 5 WHERE seq = -1");

    assertThat(stores.audit().verify().firstBad()).isEqualTo(4);
  }

  @Test
  void saysHowManyRecordsThereAreAndWhereTheyEnd() throws SQLException {
    tamper("DELETE FROM audit WHERE seq > 15");

    Verification found = stores.audit().verify();
    assertThat(found.records()).isEqualTo(15);
    assertThat(found.head()).isEqualTo(stores.audit().after(14, 1).get(0).hash());
  }

  @Test
  void doesNotAppendToALogWithoutHead() throws SQLException {
    tamper("DELETE FROM audit_head");

    assertThatThrownBy(() -> stores.audit().append(AuditEntries.numbered(21)))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("lost its head");
    assertThat(stores.audit().verify().records()).isEqualTo(RECORDS);
  }
}
