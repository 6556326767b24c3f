package org.jarvis.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestQueryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=%",
        "a=%2",
        "a=%zz",
        "%",
        "a=%C3",
        "a=%C3%28",
        "a=%c0%af",
        "a=%ff%fe",
        "a=%ED%A0%80",
        "a=%\uff11\uff11",
        "a=\u00e9"
      })
  void refusesWhatServletsFailOn(String query) {
    assertThatThrownBy(() -> RequestQuery.check(query))
        .isInstanceOfSatisfying(
            JarvisException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a=1&b=2", "q=%C3%A9%E2%82%AC", "q=a+b%20c", "&&=&%3D", "q=%00", "q=[]"})
  void takesEverythingElse(String query) {
    assertThatCode(() -> RequestQuery.check(query)).doesNotThrowAnyException();
  }

  @Test
  void takesNone() {
    assertThatCode(() -> RequestQuery.check(null)).doesNotThrowAnyException();
  }
}
