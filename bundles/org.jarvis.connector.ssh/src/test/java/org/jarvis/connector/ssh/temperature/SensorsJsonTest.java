package org.jarvis.connector.ssh.temperature;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jarvis.api.resource.detail.NodeTemperatures.Kind;
import org.jarvis.api.resource.detail.NodeTemperatures.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensorsJsonTest {
  private static final String USUAL =
      """
      {
         "coretemp-isa-0000":{
            "Adapter": "ISA adapter",
            "Package id 0":{
               "temp1_input": 45.000,
               "temp1_max": 80.000,
               "temp1_crit": 100.000,
               "temp1_crit_alarm": 0.000
            },
            "Core 0":{
               "temp2_input": 43.000,
               "temp2_max": 80.000
            }
         },
         "nct6798-isa-0290":{
            "Adapter": "ISA adapter",
            "in0":{
               "in0_input": 1.040
            },
            "fan1":{
               "fan1_input": 812.000
            },
            "SYSTIN":{
               "temp1_input": 34.000,
               "temp1_max": 0.000,
               "temp1_max_hyst": 0.000
            },
            "AUXTIN3":{
               "temp5_input": -62.000
            }
         },
         "nvme-pci-0100":{
            "Adapter": "PCI adapter",
            "Composite":{
               "temp1_input": 38.850,
               "temp1_max": 81.850,
               "temp1_min": -273.150,
               "temp1_crit": 84.850
            },
            "Sensor 2":{
               "temp3_input": 41.850,
               "temp3_max": 65261.850,
               "temp3_min": -273.150
            }
         }
      }
      """;

  private static final String VALUE = "{\"k10temp-pci-00c3\":{\"Tctl\":{\"temp1_input\": %s}}}";

  @Test
  void readsWhatLmSensorsPrints() {
    assertThat(SensorsJson.read(USUAL))
        .containsExactly(
            new Reading("coretemp-isa-0000", "Package id 0", Kind.PROCESSOR, 45, 80.0, 100.0),
            new Reading("coretemp-isa-0000", "Core 0", Kind.PROCESSOR, 43, 80.0, null),
            new Reading("nct6798-isa-0290", "SYSTIN", Kind.BOARD, 34, null, null),
            new Reading("nvme-pci-0100", "Composite", Kind.DISK, 38.85, 81.85, 84.85),
            new Reading("nvme-pci-0100", "Sensor 2", Kind.DISK, 41.85, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "255",
        "255.000",
        "-1",
        "-0.001",
        "-128",
        "151",
        "1e9",
        "1e400",
        "65261.85",
        "nan",
        "NaN",
        "-nan",
        "inf",
        "Infinity",
        "null",
        "true",
        "\"45.0\"",
        "\"N/A\"",
        "[45]",
        "{\"a\":45}",
        ""
      })
  void makesNoNumberOfNonsense(String value) {
    assertThat(SensorsJson.read(VALUE.formatted(value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "45", "45.123", "150", "4.5e1"})
  void takesWhatASensorCanMean(String value) {
    assertThat(SensorsJson.read(VALUE.formatted(value)))
        .singleElement()
        .satisfies(reading -> assertThat(reading.celsius()).isBetween(0.0, 150.0));
  }

  @Test
  void forgivesCommasAndNumbersThatSomeVersionsPrint() {
    String broken =
        """
        {
           "nouveau-pci-0100":{
              "Adapter": "PCI adapter",
              "fan1":{
                 ,
              },
              "temp1":{
                 "temp1_input": 51.000,
                 "temp1_max": nan,
                 "temp1_crit": -nan
              },
           },
           "acpitz-acpi-0":{
              "Adapter": "ACPI interface",
              "temp1":{
                 "temp1_input": 27.800,,
              }
           }
        }
        """;

    assertThat(SensorsJson.read(broken))
        .containsExactly(
            new Reading("nouveau-pci-0100", "temp1", Kind.GRAPHICS, 51, null, null),
            new Reading("acpitz-acpi-0", "temp1", Kind.BOARD, 27.8, null, null));
  }

  @Test
  void keepsWhatCameBeforeTheTextBreaksOff() {
    String cut = USUAL.substring(0, USUAL.indexOf("\"nvme-pci"));

    assertThat(SensorsJson.read(cut + "\n[... 9 bytes were cut out here ...]\n")).hasSize(3);
  }

  @Test
  void keepsChipsApartWhoseLabelsAreHostile() {
    String hostile =
        "{\"chip\\u001b[31m\":{\"l\\u0000\\u202e" + "x".repeat(200) + "\":{\"temp1_input\":40}}}";

    assertThat(SensorsJson.read(hostile))
        .singleElement()
        .satisfies(
            reading -> {
              assertThat(reading.source()).isEqualTo("chip?[31m");
              assertThat(reading.label()).hasSize(64).matches("[\\x20-\\x7E]*");
            });
  }

  @Test
  void isBoundedInDepthLengthAndNumber() {
    assertThat(SensorsJson.read("{\"a\":".repeat(100_000))).isEmpty();
    assertThat(SensorsJson.read("[".repeat(100_000))).isEmpty();
    assertThat(SensorsJson.read("{\"" + "x".repeat(900_000) + "\":{}}")).isEmpty();
    assertThat(SensorsJson.read(" ".repeat(2_000_000))).isEmpty();
    StringBuilder many = new StringBuilder("{\"chip\":{");
    for (int i = 0; i < 5000; i++) {
      many.append("\"t").append(i).append("\":{\"temp1_input\":40},");
    }
    assertThat(SensorsJson.read(many.append("}}").toString())).hasSize(512);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "42", "sensors: command not found", "No sensors found!"})
  void findsNothingInSomethingElse(String text) {
    assertThat(SensorsJson.read(text)).isEmpty();
  }

  @Property(tries = 500)
  void neverThrowsForMutatedText(
      @ForAll @IntRange(max = 1200) int at, @ForAll char instead, @ForAll boolean cut) {
    int place = Math.min(at, USUAL.length() - 1);
    String mutated = USUAL.substring(0, place) + instead + (cut ? "" : USUAL.substring(place + 1));

    assertThat(SensorsJson.read(mutated))
        .allSatisfy(reading -> assertThat(reading.celsius()).isBetween(0.0, 150.0));
  }
}
