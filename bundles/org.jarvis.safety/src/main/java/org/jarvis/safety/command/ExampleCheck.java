package org.jarvis.safety.command;

import java.util.List;
import org.jarvis.api.command.CommandText;
import org.jarvis.safety.command.grammar.Form;
import org.jarvis.safety.command.grammar.ProgramRule;
import org.jarvis.safety.command.grammar.RuleFile;
import org.jarvis.safety.command.grammar.RuleProblem;
import org.jarvis.safety.command.line.CommandReader;
import org.jarvis.safety.command.line.Reading;
import org.jarvis.safety.command.line.Word;

/** Finds out whether rules decide what their examples say. */
final class ExampleCheck {
  private ExampleCheck() {}

  /**
   * Judges every example of a file.
   *
   * @throws RuleProblem for the first that does not hold
   */
  static void check(RuleBook book, RuleFile file) throws RuleProblem {
    CallJudge judge = new CallJudge(book);
    for (ProgramRule program : file.programs()) {
      for (Form form : program.forms()) {
        for (Form.Example example : form.examples()) {
          check(judge, file, form, example);
        }
      }
    }
  }

  private static void check(CallJudge judge, RuleFile file, Form form, Form.Example example)
      throws RuleProblem {
    Reading reading = CommandReader.read(new CommandText.Line(example.text()));
    if (!(reading instanceof Reading.Understood understood) || understood.calls().size() != 1) {
      if (example.matches()) {
        throw new RuleProblem(
            file.name(), example.line(), "This example is not one program with its arguments.");
      }
      return;
    }
    List<String> words = understood.calls().get(0).words().stream().map(Word::text).toList();
    Verdict verdict = judge.judge(words, Surroundings.of("host"));
    if (example.matches() != (verdict.form() == form)) {
      throw new RuleProblem(
          file.name(),
          example.line(),
          example.matches()
              ? "The form above does not decide this: " + decider(verdict)
              : "The form above decides this, though it should not.");
    }
  }

  private static String decider(Verdict verdict) {
    Form form = verdict.form();
    return form == null ? verdict.reason() : "the one in line " + form.line() + " does.";
  }
}
