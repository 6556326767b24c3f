package org.jarvis.safety.command.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalLineTest {
  @Test
  void quotesWhatAnyShellCouldLookAt() {
    String line =
        CanonicalLine.of(
            List.of(
                new Rendered(
                    Join.FIRST,
                    List.of("/usr/bin/grep", "-i", "it's $x", "", "a=b", "~", "/var/log/x.log"),
                    false,
                    List.of(Redirection.ERRORS_AWAY))));

    assertThat(line)
        .startsWith("/usr/bin/env -i PATH=")
        .contains("SYSTEMD_PAGER= ")
        .endsWith(" /usr/bin/grep -i 'it'\\''s $x' '' 'a=b' '~' /var/log/x.log 2>/dev/null");
  }

  @Test
  void joinsProgramsAndGivesRootToThoseThatNeedIt() {
    String line =
        CanonicalLine.of(
            List.of(
                new Rendered(Join.FIRST, List.of("/usr/sbin/qm", "list"), true, List.of()),
                new Rendered(Join.PIPE, List.of("/usr/bin/head"), false, List.of()),
                new Rendered(Join.OR, List.of("/usr/bin/true"), false, List.of())));

    assertThat(line)
        .contains(" /usr/bin/sudo -n -- /usr/sbin/qm list | /usr/bin/env -i ")
        .contains(" /usr/bin/head || /usr/bin/env -i ")
        .endsWith(" /usr/bin/true");
  }
}
