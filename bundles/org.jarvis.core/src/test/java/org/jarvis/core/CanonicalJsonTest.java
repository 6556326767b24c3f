package org.jarvis.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  @Test
  void spellsEqualValuesAlike() {
    assertThat(CanonicalJson.of(Map.of("b", 1.0, "a", List.of(100, "x"))))
        .isEqualTo("{\"a\":[100,\"x\"],\"b\":1}");
  }

  @Property
  void dependsOnNoOrderOfMembers(@ForAll Map<String, Integer> members) {
    Map<String, Integer> reversed = new LinkedHashMap<>();
    members.keySet().stream()
        .sorted((one, other) -> other.compareTo(one))
        .forEach(name -> reversed.put(name, members.get(name)));

    assertThat(CanonicalJson.hash(reversed)).isEqualTo(CanonicalJson.hash(members));
  }

  @Property
  void tellsDifferentTextsApart(@ForAll String one, @ForAll String other) {
    assertThat(CanonicalJson.of(List.of(one, other)).equals(CanonicalJson.of(List.of(other, one))))
        .isEqualTo(one.equals(other));
  }
}
