package org.jarvis.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatSettingsTest {
  @TempDir Path folder;

  @Test
  void saysWhatIsWrongAndSpendsNothingByAnUnreadableBudget() {
    List<String> complaints = new ArrayList<>();

    ChatSettings settings =
        ChatSettings.read(
            Map.of(
                ChatSettings.CALLS, "many",
                ChatSettings.DAILY, "five",
                ChatSettings.RECORD, "perhaps"),
            complaints);

    assertThat(settings.callsPerTurn()).isEqualTo(40);
    assertThat(settings.moneyPerDay()).isZero();
    assertThat(settings.recordsText()).isFalse();
    assertThat(complaints)
        .hasSize(3)
        .allMatch(complaint -> complaint.startsWith("etc/org.jarvis.chat.cfg: "));
  }

  @Test
  void takesPersonaAndRulesFromTheFolderAtEachTurn() throws IOException {
    Persona persona = new Persona(folder);
    assertThat(persona.text()).contains("You are Jarvis", "How you work");

    Files.writeString(folder.resolve("persona.md"), "You are a parrot.");
    assertThat(persona.text()).startsWith("You are a parrot.").contains("How you work");

    Files.writeString(folder.resolve("persona.md"), "x".repeat(40_000));
    assertThat(persona.text()).contains("You are Jarvis");
    Files.write(folder.resolve("persona.md"), new byte[] {(byte) 0xC3, (byte) 0x28});
    assertThat(persona.text()).contains("You are Jarvis");
  }
}
