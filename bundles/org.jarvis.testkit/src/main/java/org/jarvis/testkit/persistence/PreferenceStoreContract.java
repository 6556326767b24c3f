package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.PreferenceStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link PreferenceStore} must do. */
public abstract class PreferenceStoreContract extends PersistenceContract {
  private static final int MOST = 3;

  private boolean put(String username, String key, String json) {
    return stores.preferences().put(username, key, json, NOON, MOST);
  }

  @Test
  void keepsWhatEachAccountPrefers() {
    assertThat(stores.preferences().value("ada", "look")).isEmpty();

    assertThat(put("ada", "look", "\"ops\"")).isTrue();
    assertThat(put("eve", "look", "{\"a\": [1, null]}")).isTrue();
    stores.restart();

    assertThat(stores.preferences().value("ada", "look")).contains("\"ops\"");
    assertThat(stores.preferences().value("eve", "look")).contains("{\"a\": [1, null]}");
    assertThat(stores.preferences().value("Ada", "look")).isEmpty();
    assertThat(stores.preferences().value("ada", "Look")).isEmpty();
  }

  @Test
  void replacesAnEarlierValue() {
    put("ada", "look", "1");
    put("ada", "look", "null");
    stores.restart();

    assertThat(stores.preferences().value("ada", "look")).contains("null");
  }

  @Test
  void takesNoMoreKeysThanAnAccountMayHaveButGoesOnReplacing() {
    put("ada", "one", "1");
    put("ada", "two", "2");
    put("ada", "three", "3");

    assertThat(put("ada", "four", "4")).isFalse();
    assertThat(put("ada", "two", "22")).isTrue();
    assertThat(put("eve", "four", "4")).isTrue();

    assertThat(stores.preferences().value("ada", "four")).isEmpty();
    assertThat(stores.preferences().value("ada", "two")).contains("22");
  }

  @Test
  void takesNoMoreKeysInARaceEither() throws Exception {
    List<Callable<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String key = "key" + i;
      callers.add(() -> put("ada", key, "1"));
    }

    assertThat(Collections.frequency(atOnce(callers), true)).isEqualTo(MOST);
  }

  @Test
  void takesMalformedNamesForNobodyElses() {
    put("\ufffd", "\ufffd", "1");

    assertThat(stores.preferences().value("\ud83d", "\ufffd")).isEmpty();
    assertThat(stores.preferences().value("\ufffd", "\ud83d")).isEmpty();
    for (List<String> name : List.of(List.of("\ud83d", "key"), List.of("ada", "\ud83d"))) {
      assertThatThrownBy(() -> put(name.get(0), name.get(1), "2"))
          .isInstanceOfSatisfying(
              JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT));
    }
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    assertThat(put(text, text, text)).isTrue();
    stores.restart();

    assertThat(stores.preferences().value(text, text)).contains(text);
  }
}
