package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jarvis.api.persistence.SettingStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link SettingStore} must do. */
public abstract class SettingStoreContract extends PersistenceContract {
  @Test
  void hasNothingAtFirst() {
    assertThat(stores.settings().get("key")).isEmpty();
  }

  @Test
  void replacesAnEarlierValue() {
    stores.settings().put("key", "one");
    stores.settings().put("other", "kept");
    stores.settings().put("key", "two");
    stores.restart();

    assertThat(stores.settings().get("key")).contains("two");
    assertThat(stores.settings().get("other")).contains("kept");
    assertThat(stores.settings().get("KEY")).isEmpty();
  }

  @Test
  void keepsTheFirstValueWhereThatIsAskedFor() {
    assertThat(stores.settings().putIfAbsent("key", "one")).isEqualTo("one");
    assertThat(stores.settings().putIfAbsent("key", "two")).isEqualTo("one");
    stores.restart();

    assertThat(stores.settings().putIfAbsent("key", "three")).isEqualTo("one");
    assertThat(stores.settings().get("key")).contains("one");
  }

  @Test
  void agreesOnOneValueInARace() throws Exception {
    List<Callable<String>> callers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String value = "value" + i;
      callers.add(() -> stores.settings().putIfAbsent("key", value));
    }

    Set<String> seen = new TreeSet<>(atOnce(callers));

    assertThat(seen).hasSize(1);
    assertThat(stores.settings().get("key")).contains(seen.iterator().next());
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    stores.settings().put(text, text);
    stores.restart();

    assertThat(stores.settings().get(text)).contains(text);
  }
}
