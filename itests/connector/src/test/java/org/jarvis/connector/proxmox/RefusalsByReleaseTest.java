package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Set;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.NodeName;
import org.jarvis.lab.pve.Release;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every release says why it refuses a change, wherever it says so. */
class RefusalsByReleaseTest {
  private static final int VM = 101;
  private static final int STOPPED_VM = 104;

  private static JarvisException failure(Runnable call) {
    JarvisException failure = catchThrowableOfType(JarvisException.class, call::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  private static ConfigurationChange change(String key, String value) {
    return new ConfigurationChange(Map.of(key, value), Set.of(), null);
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void aRefusalKeepsItsSentenceAndItsFields(Release release) {
    try (ConnectedLab lab = new ConnectedLab(release)) {
      lab.lab().cluster().lockGuest(VM, "snapshot");
      Migration away = new Migration(new NodeName("titan"), true, true, null);

      JarvisException locked = failure(() -> lab.operations().migrate(lab.guest(VM), away, lab));
      assertThat(locked.code()).isEqualTo(ErrorCode.LOCKED);
      assertThat(locked.getMessage()).contains("VM is locked (snapshot)");

      JarvisException wrong =
          failure(() -> lab.operations().configure(lab.guest(STOPPED_VM), change("memory", "abc")));
      assertThat(wrong.code()).isEqualTo(ErrorCode.INVALID_INPUT);
      assertThat(wrong.fields())
          .singleElement()
          .satisfies(field -> assertThat(field.field()).isEqualTo("memory"));
    }
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void whatIsAllowedIsDone(Release release) {
    try (ConnectedLab lab = new ConnectedLab(release)) {
      assertThat(lab.operations().start(lab.guest(STOPPED_VM), lab).succeeded()).isTrue();
      assertThat(lab.guest(STOPPED_VM).status()).isEqualTo(Guest.Status.RUNNING);
    }
  }
}
