package org.jarvis.persistence.sqlite;

import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.ibatis.logging.nologging.NoLoggingImpl;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.apache.ibatis.type.ByteArrayTypeHandler;
import org.apache.ibatis.type.JdbcType;

/** Sets MyBatis up with the mappers of this bundle. */
final class MapperSessions {
  private static final List<Class<?>> MAPPERS =
      List.of(
          ActionMapper.class,
          EventMapper.class,
          AuditMapper.class,
          AccountMapper.class,
          TokenMapper.class,
          AttemptMapper.class,
          PreferenceMapper.class,
          ProblemMapper.class,
          ConversationMapper.class,
          SnapshotMapper.class,
          ConsentMapper.class,
          SettingMapper.class,
          MetricMapper.class,
          ChangelogMapper.class);

  private MapperSessions() {}

  /** Sessions that run on a given connection and leave its transactions to whoever gave it. */
  static SqlSessionFactory over(DataSource source) {
    Configuration configuration = new Configuration();
    ManagedTransactionFactory transactions = new ManagedTransactionFactory();
    transactions.setProperties(properties());
    configuration.setEnvironment(new Environment("sqlite", transactions, source));
    // MyBatis would log the parameters of every statement, password hashes and keys among them.
    configuration.setLogImpl(NoLoggingImpl.class);
    configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
    configuration.setCacheEnabled(false);
    configuration.setMapUnderscoreToCamelCase(true);
    configuration.setArgNameBasedConstructorAutoMapping(true);
    configuration.getTypeHandlerRegistry().register(new InstantAsNanoseconds());
    configuration.getTypeHandlerRegistry().register(new WellFormedText());
    // Not as streams, which the driver does not know.
    configuration.getTypeHandlerRegistry().register(byte[].class, new ByteArrayTypeHandler());
    configuration
        .getTypeHandlerRegistry()
        .register(byte[].class, JdbcType.BLOB, new ByteArrayTypeHandler());
    addMappers(configuration);
    return new SqlSessionFactoryBuilder().build(configuration);
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("closeConnection", "false");
    return properties;
  }

  /** MyBatis looks for resources beside a mapper by the thread's class loader. */
  private static void addMappers(Configuration configuration) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(MapperSessions.class.getClassLoader());
    try {
      MAPPERS.forEach(configuration::addMapper);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
