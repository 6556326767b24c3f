package org.jarvis.connector.proxmox.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.resource.GuestId;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private final Repeats repeats = new Repeats();

  @Test
  void readsOnlyOnceWhatIsSaidAgain() {
    assertThat(repeats.node("pve1")).isSameAs(repeats.node("pve1"));
    assertThat(repeats.tags("web;prod")).isSameAs(repeats.tags("web;prod"));
    assertThat(repeats.word("pool")).isEqualTo("pool");
  }

  @Test
  void separatesTagsAsProxmoxDoes() {
    assertThat(repeats.tags("web;prod,db  web\t;")).containsExactly("db", "prod", "web");
    assertThat(repeats.tags(" ; ")).isEmpty();
    assertThat(repeats.tags(null)).isEmpty();
  }

  @Test
  void sortsWhatMayLieOnAStorage() {
    assertThat(repeats.content("iso, backup,iso")).containsExactly("backup", "iso");
    assertThat(repeats.content(null)).isEmpty();
  }

  @Test
  void takesNoNodeForWhatIsNone() {
    assertThat(repeats.node("../etc")).isNull();
    assertThat(repeats.node("../etc")).isNull();
    assertThat(repeats.node(null)).isNull();
  }

  @Test
  void knowsTheNumberOfAGuest() {
    assertThat(Identifiers.guest("100")).isEqualTo(new GuestId(100));
    assertThat(Identifiers.guest("999999999")).isEqualTo(new GuestId(999_999_999));
    for (String none :
        List.of("", "99", "0100", "1000000000", "+100", "10a", "\u0661\u0660\u0660")) {
      assertThat(Identifiers.guest(none)).as(none).isNull();
    }
  }
}
