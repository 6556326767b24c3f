package org.jarvis.safety.command.grammar;

import java.util.List;
import java.util.stream.Stream;
import org.jarvis.api.command.Affected;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;

/** Refuses forms that contradict themselves, or that show nothing of what they mean. */
final class FormCheck {
  private FormCheck() {}

  static void check(Form form) {
    if (form.synopsis().wraps().isPresent() != (form.role() != Form.Role.PLAIN)) {
      throw new SynopsisProblem("<command> stands in forms that wrap or elevate, and in no other.");
    }
    form.synopsis().wraps().ifPresent(place -> checkPlace(form, place));
    checkTouches(form);
  }

  private static void checkPlace(Form form, Place place) {
    Affected.Kind needed =
        switch (place) {
          case HERE -> null;
          case GUEST -> Affected.Kind.GUEST;
          case CONTAINER -> Affected.Kind.CONTAINER;
        };
    if (needed != null
        && form.synopsis().operands().noneMatch(operand -> operand.kind().affects() == needed)) {
      throw new SynopsisProblem("It does not name the " + needed.word() + " that it runs in.");
    }
  }

  private static void checkTouches(Form form) {
    Effect effect = form.meaning().effect();
    Stream.concat(
            form.synopsis().operands().map(Operand::touch),
            form.touches().stream().map(FixedTouch::touch))
        .filter(touch -> touch != null && exceeds(touch, effect))
        .findFirst()
        .ifPresent(
            touch -> {
              throw new SynopsisProblem(
                  "What " + effect.word() + " does not do this to anything: " + touch.word() + ".");
            });
  }

  private static boolean exceeds(Touch touch, Effect effect) {
    return effect == Effect.OBSERVES || touch.leastEffect().compareTo(effect) > 0;
  }

  static void checkExamples(String program, List<Form> forms) {
    boolean mild = false;
    for (Form form : forms) {
      boolean needsOne =
          form.role() != Form.Role.PLAIN || form.meaning().tier().compareTo(Tier.RED) < 0;
      mild |= needsOne;
      if (needsOne && form.examples().stream().noneMatch(Form.Example::matches)) {
        throw new SynopsisProblem(
            "The form of " + program + " in line " + form.line() + " has no 'match:'.");
      }
    }
    if (mild
        && forms.stream()
            .flatMap(form -> form.examples().stream())
            .allMatch(Form.Example::matches)) {
      throw new SynopsisProblem("Program " + program + " has no 'not_match:'.");
    }
  }
}
