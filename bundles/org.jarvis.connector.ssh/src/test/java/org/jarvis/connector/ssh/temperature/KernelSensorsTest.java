package org.jarvis.connector.ssh.temperature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jarvis.api.resource.detail.NodeTemperatures.Kind;
import org.jarvis.api.resource.detail.NodeTemperatures.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelSensorsTest {
  private static final String READ =
      """
      /sys/class/hwmon/hwmon0/name:coretemp
      /sys/class/hwmon/hwmon0/temp1_input:45000
      /sys/class/hwmon/hwmon0/temp1_label:Package id 0
      /sys/class/hwmon/hwmon0/temp1_max:80000
      /sys/class/hwmon/hwmon0/temp1_crit:100000
      /sys/class/hwmon/hwmon1/name:nvme
      /sys/class/hwmon/hwmon1/temp1_input:38850
      /sys/class/hwmon/hwmon1/temp1_label:Composite
      /sys/class/hwmon/hwmon1/temp1_max:65261850
      /sys/class/hwmon/hwmon2/name:drivetemp
      /sys/class/hwmon/hwmon2/temp1_input:31000
      /sys/class/hwmon/hwmon3/name:acpitz
      /sys/class/hwmon/hwmon3/temp1_input:27800
      /sys/class/thermal/thermal_zone0/type:acpitz
      /sys/class/thermal/thermal_zone0/temp:27800
      /sys/class/thermal/thermal_zone1/type:x86_pkg_temp
      /sys/class/thermal/thermal_zone1/temp:45000
      /sys/class/thermal/thermal_zone2/type:iwlwifi_1
      /sys/class/thermal/thermal_zone2/temp:52000
      """;

  @Test
  void findsChipsAndZonesInAListing() {
    String listed =
        """
        /sys/class/hwmon:
        hwmon0
        hwmon1

        /sys/class/thermal:
        cooling_device0
        thermal_zone0
        """;

    assertThat(KernelSensors.places(listed)).containsExactly("hwmon0", "hwmon1", "thermal_zone0");
  }

  @Test
  void findsTheFilesOfEach() {
    String listed =
        """
        /sys/class/hwmon:
        hwmon0

        /sys/class/hwmon/hwmon0:
        device
        name
        power
        temp1_input
        temp1_label

        /sys/class/thermal/thermal_zone0:
        temp
        type
        """;

    assertThat(KernelSensors.files(listed))
        .containsExactly(
            "/sys/class/hwmon/hwmon0/name",
            "/sys/class/hwmon/hwmon0/temp1_input",
            "/sys/class/hwmon/hwmon0/temp1_label",
            "/sys/class/hwmon/hwmon0/temp1_max",
            "/sys/class/hwmon/hwmon0/temp1_crit",
            "/sys/class/thermal/thermal_zone0/type",
            "/sys/class/thermal/thermal_zone0/temp");
  }

  @Test
  void readsThemWithoutTellingTheSameTwice() {
    assertThat(KernelSensors.read(READ))
        .containsExactly(
            new Reading("coretemp-hwmon0", "Package id 0", Kind.PROCESSOR, 45, 80.0, 100.0),
            new Reading("nvme-hwmon1", "Composite", Kind.DISK, 38.85, null, null),
            new Reading("drivetemp-hwmon2", "temp1", Kind.DISK, 31, null, null),
            new Reading("acpitz-hwmon3", "temp1", Kind.BOARD, 27.8, null, null),
            new Reading("thermal_zone2", "iwlwifi_1", Kind.BOARD, 52, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1000",
        "255000",
        "151000",
        "N/A",
        "",
        "0x2d",
        "45.0",
        "99999999999",
        "4 5",
        "٤٥٠٠٠"
      })
  void makesNoNumberOfNonsense(String value) {
    assertThat(
            KernelSensors.read(
                "/sys/class/hwmon/hwmon0/name:k10temp\n/sys/class/hwmon/hwmon0/temp1_input:"
                    + value))
        .isEmpty();
    assertThat(KernelSensors.read("/sys/class/thermal/thermal_zone0/temp:" + value)).isEmpty();
  }

  @Test
  void putsNoPathOfTheHostsOwnIntoACommand() {
    List<String> places =
        KernelSensors.places("hwmon0\nhwmon1/../../../etc\n/etc/shadow\nhwmon0;reboot\n-exec\n");
    List<String> files =
        KernelSensors.files(
            """
            /sys/class/hwmon/../../etc:
            temp1_input
            /sys/class/hwmon/hwmon0:
            temp1_input; reboot
            ../temp2_input
            temp3_input
            /etc:
            shadow
            """);

    assertThat(places).containsExactly("hwmon0");
    assertThat(files)
        .hasSize(5)
        .allMatch(file -> file.matches("/sys/class/hwmon/hwmon0/[a-z0-9_]+"));
  }

  @Test
  void asksForAFewFilesAtATimeAndNotWithoutEnd() {
    StringBuilder listed = new StringBuilder();
    for (int i = 0; i < 900; i++) {
      listed.append("/sys/class/hwmon/hwmon").append(i).append(":\ntemp1_input\n");
    }
    List<List<String>> commands = KernelSensors.readFiles(KernelSensors.files(listed.toString()));

    assertThat(commands).hasSizeLessThanOrEqualTo(9);
    assertThat(commands)
        .allSatisfy(command -> assertThat(String.join(" ", command)).hasSizeLessThan(4000));
  }

  @Property(tries = 300)
  void neverThrowsWhateverAHostPrints(@ForAll String text) {
    KernelSensors.places(text);
    KernelSensors.files(text);
    KernelSensors.read(text);
  }
}
