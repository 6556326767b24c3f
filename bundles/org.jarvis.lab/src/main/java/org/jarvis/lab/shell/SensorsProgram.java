package org.jarvis.lab.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jarvis.lab.sim.Chip;

/** {@code sensors} of lm-sensors 3.6: plain, raw ({@code -u}) and JSON ({@code -j}). */
final class SensorsProgram {

  private static final int SHORTEST_LABEL = 11;
  private static final int PARSE_ERROR = 1;

  private SensorsProgram() {}

  static int run(Call call) throws IOException {
    Options options;
    try {
      options =
          Options.of(
              call.arguments(), "jufAvh", "version=v", "help=h", "fahrenheit=f", "no-adapter=A");
    } catch (Options.Unknown mistake) {
      call.fail(PARSE_ERROR, mistake.said());
      call.err().println("Try `sensors -h' for more information");
      return PARSE_ERROR;
    }
    if (options.has("v")) {
      call.out().println("sensors version 3.6.2 with libsensors version 3.6.2");
      return 0;
    }
    List<Chip> chips = new ArrayList<>();
    for (Chip chip : ((NodeMachine) call.machine()).chips()) {
      if (options.operands().isEmpty()
          || options.operands().stream()
              .anyMatch(name -> Globs.compiled(name, true).matcher(chip.name()).matches())) {
        chips.add(chip);
      }
    }
    if (chips.isEmpty()) {
      call.err().println("Specified sensor(s) not found!");
      return PARSE_ERROR;
    }
    if (options.has("j")) {
      json(call.out(), chips);
      return 0;
    }
    for (Chip chip : chips) {
      call.out().println(chip.name());
      if (!options.has("A")) {
        call.out().println("Adapter: " + chip.adapter());
      }
      if (options.has("u")) {
        raw(call.out(), chip);
      } else {
        plain(call.out(), chip, call.unicode() ? "°C" : " C");
      }
      call.out().println("");
    }
    return 0;
  }

  private static void json(Output out, List<Chip> chips) throws IOException {
    out.println("{");
    for (int i = 0; i < chips.size(); i++) {
      Chip chip = chips.get(i);
      out.println("   \"" + chip.name() + "\":{");
      out.println("      \"Adapter\": \"" + chip.adapter() + "\",");
      for (int k = 0; k < chip.features().size(); k++) {
        Chip.Feature feature = chip.features().get(k);
        out.println("      \"" + feature.label() + "\":{");
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Double> value : feature.values().entrySet()) {
          lines.add(
              "         \"%s_%s\": %s"
                  .formatted(feature.id(), value.getKey(), number(value.getValue())));
        }
        out.println(String.join(",\n", lines));
        out.println("      }" + (k + 1 < chip.features().size() ? "," : ""));
      }
      out.println("   }" + (i + 1 < chips.size() ? "," : ""));
    }
    out.println("}");
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "\"N/A\"" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static void raw(Output out, Chip chip) throws IOException {
    for (Chip.Feature feature : chip.features()) {
      out.println(feature.label() + ":");
      for (Map.Entry<String, Double> value : feature.values().entrySet()) {
        out.println(
            "  %s_%s: %s"
                .formatted(
                    feature.id(), value.getKey(), number(value.getValue()).replace("\"", "")));
      }
    }
  }

  private static void plain(Output out, Chip chip, String degrees) throws IOException {
    int longest = SHORTEST_LABEL;
    for (Chip.Feature feature : chip.features()) {
      longest = Math.max(longest, feature.label().length());
    }
    int width = longest + 2;
    for (Chip.Feature feature : chip.features()) {
      String label = feature.label() + ":";
      out.print(label).print(" ".repeat(Math.max(1, width - label.length())));
      double value = feature.values().getOrDefault("input", Double.NaN);
      if (Double.isNaN(value)) {
        out.println("     N/A  ");
      } else if (feature.id().startsWith("temp")) {
        temperature(out, feature, value, degrees, width);
      } else if (feature.id().startsWith("fan")) {
        out.println(String.format(Locale.ROOT, "%4.0f RPM", value));
      } else if (feature.id().startsWith("in")) {
        out.println(String.format(Locale.ROOT, "%+6.2f V  ", value));
      } else {
        out.println(String.format(Locale.ROOT, "%6.2f W  ", value));
      }
    }
  }

  private static void temperature(
      Output out, Chip.Feature feature, double value, String degrees, int width)
      throws IOException {
    out.print(String.format(Locale.ROOT, "%+6.1f%s  ", value, degrees));
    List<String> limits = new ArrayList<>();
    limit(limits, feature, "min", "low ", degrees);
    limit(limits, feature, "max", "high", degrees);
    limit(limits, feature, "crit", "crit", degrees);
    limit(limits, feature, "lowest", "lowest", degrees);
    limit(limits, feature, "highest", "highest", degrees);
    for (int i = 0; i < limits.size(); i += 2) {
      if (i > 0) {
        out.print("\n" + " ".repeat(width + 8 + degrees.length()));
      }
      out.print("(" + String.join(", ", limits.subList(i, Math.min(limits.size(), i + 2))) + ")");
    }
    boolean alarm =
        feature.values().getOrDefault("crit_alarm", 0.0) > 0
            || feature.values().getOrDefault("alarm", 0.0) > 0;
    out.println(alarm ? "  ALARM (CRIT)" : "");
  }

  private static void limit(
      List<String> limits, Chip.Feature feature, String part, String word, String degrees) {
    Double value = feature.values().get(part);
    if (value != null) {
      limits.add(String.format(Locale.ROOT, "%-4s = %+5.1f%s", word, value, degrees));
    }
  }
}
