package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** What changed settings do to the databases that are open. */
@Timeout(60)
class SqlitePersistenceTest {
  private static final List<String> BOTH_OPENED = List.of("registered", "registered");

  @TempDir Path folder;

  private final BlockingQueue<String> services = new LinkedBlockingQueue<>();

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private BundleContext context() {
    ServiceRegistration<?> registration =
        fake(
            ServiceRegistration.class,
            (proxy, method, arguments) -> {
              services.add("withdrawn");
              return null;
            });
    return fake(
        BundleContext.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("registerService")) {
            services.add("registered");
            return registration;
          }
          return null;
        });
  }

  private static SqlitePersistence.Settings settings(Path folder, String eventsDays) {
    return fake(
        SqlitePersistence.Settings.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "folder" -> folder.toString();
              case "events_days" -> eventsDays;
              default -> method.getDefaultValue();
            });
  }

  private List<String> nextTwo() throws InterruptedException {
    return List.of(next(), next());
  }

  private String next() throws InterruptedException {
    return String.valueOf(services.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void staysOpenWhenOnlyTheLimitsChange() throws Exception {
    SqlitePersistence persistence = new SqlitePersistence(context(), settings(folder, "90"));
    assertThat(nextTwo()).isEqualTo(BOTH_OPENED);

    persistence.modified(settings(folder, "30"));

    assertThat(services).isEmpty();
    persistence.close();
    assertThat(nextTwo()).containsExactly("withdrawn", "withdrawn");
  }

  @Test
  void opensAnotherFolder() throws Exception {
    SqlitePersistence persistence = new SqlitePersistence(context(), settings(folder, "90"));
    assertThat(nextTwo()).isEqualTo(BOTH_OPENED);

    persistence.modified(settings(folder.resolve("other"), "90"));

    assertThat(nextTwo()).containsExactly("withdrawn", "withdrawn");
    assertThat(nextTwo()).isEqualTo(BOTH_OPENED);
    assertThat(folder.resolve("other/jarvis.db")).exists();
    persistence.close();
  }
}
