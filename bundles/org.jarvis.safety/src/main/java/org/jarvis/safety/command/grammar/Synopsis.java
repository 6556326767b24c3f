package org.jarvis.safety.command.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The closed grammar of one form: its words in their order, and its options anywhere among them.
 * Immutable.
 *
 * <p>Matching takes time in proportion to the number of words times the size of the form: what led
 * nowhere once is not tried again.
 */
final class Synopsis {
  private final List<Instruction> instructions;
  private final Options options;

  Synopsis(List<Instruction> instructions, Options options) {
    this.instructions = List.copyOf(instructions);
    this.options = options;
  }

  /**
   * Fits the arguments.
   *
   * @param arguments those of the program, without its name
   * @param complaint gets to know how far they fitted
   */
  Optional<Fit> fit(List<String> arguments, PathRules paths, Complaint complaint) {
    if (!mayBegin(arguments, paths, complaint)) {
      return Optional.empty();
    }
    Run run = new Run(arguments, paths, complaint);
    return run.from(0, 0, false)
        ? Optional.of(new Fit(run.hits, run.commandAt, run.place))
        : Optional.empty();
  }

  /** Most forms of a program differ in their first words, so most are ruled out by them. */
  private boolean mayBegin(List<String> arguments, PathRules paths, Complaint complaint) {
    List<Hit> hits = new ArrayList<>(4);
    for (int i = 0; i < arguments.size() && !arguments.get(i).startsWith("-"); i++) {
      if (!(instructions.get(i) instanceof Instruction.Take take)) {
        return true;
      }
      String objection = take.shape().objection(arguments.get(i), false, paths, hits);
      if (objection != null) {
        complaint.add(i, objection);
        return false;
      }
    }
    return true;
  }

  /** All operands that it has, values of options included. */
  Stream<Operand> operands() {
    return Stream.concat(
            instructions.stream()
                .filter(Instruction.Take.class::isInstance)
                .map(instruction -> ((Instruction.Take) instruction).shape()),
            options.shapes())
        .flatMap(shape -> shape.pieces().stream())
        .filter(Shape.Piece.Slot.class::isInstance)
        .map(piece -> ((Shape.Piece.Slot) piece).operand());
  }

  /** Where the commands run that it wraps; empty where it wraps none. */
  Optional<Place> wraps() {
    return instructions.stream()
        .filter(Instruction.TakeCommand.class::isInstance)
        .map(instruction -> ((Instruction.TakeCommand) instruction).place())
        .findFirst();
  }

  /** One attempt to fit arguments. */
  private final class Run {
    private final List<String> arguments;
    private final PathRules paths;
    private final Complaint complaint;
    private final boolean[] tried;
    private final List<Hit> hits = new ArrayList<>();
    private final List<OptionRule> used = new ArrayList<>();
    private int commandAt = -1;
    private Place place = Place.HERE;

    Run(List<String> arguments, PathRules paths, Complaint complaint) {
      this.arguments = arguments;
      this.paths = paths;
      this.complaint = complaint;
      tried = new boolean[2 * instructions.size() * (arguments.size() + 1)];
    }

    /**
     * Whether everything fits from here.
     *
     * @param step the index of the next instruction
     * @param at the index of the next argument
     * @param ended whether a {@code --} ended the options
     */
    boolean from(int step, int at, boolean ended) {
      int state = 2 * (step * (arguments.size() + 1) + at) + (ended ? 1 : 0);
      if (tried[state]) {
        return false;
      }
      tried[state] = true;
      Instruction instruction = instructions.get(step);
      if (instruction instanceof Instruction.Fork fork) {
        return from(fork.preferred(), at, ended) || from(fork.other(), at, ended);
      }
      if (instruction instanceof Instruction.Jump jump) {
        return from(jump.target(), at, ended);
      }
      if (at < arguments.size()
          && instruction instanceof Instruction.Take take
          && takes(take, step, at, ended)) {
        return true;
      }
      if (at < arguments.size() && !ended && option(step, at)) {
        return true;
      }
      if (at < arguments.size() && instruction instanceof Instruction.TakeCommand command) {
        return command(command, step, at, ended);
      }
      return end(instruction, at);
    }

    private boolean takes(Instruction.Take take, int step, int at, boolean ended) {
      String word = arguments.get(at);
      int before = hits.size();
      String objection = take.shape().objection(word, ended, paths, hits);
      if (objection != null) {
        if (ended || !word.startsWith("-")) {
          complaint.add(at, objection);
        }
        return false;
      }
      if (from(step + 1, at + 1, ended || word.equals("--"))) {
        return true;
      }
      hits.subList(before, hits.size()).clear();
      return false;
    }

    private boolean option(int step, int at) {
      String word = arguments.get(at);
      if (word.length() < 2 || !word.startsWith("-")) {
        return false;
      }
      if (word.equals("--")) {
        return from(step, at + 1, true);
      }
      String next = at + 1 < arguments.size() ? arguments.get(at + 1) : null;
      Options.Attempt attempt = options.new Attempt(word, next, paths);
      if (attempt.ways().isEmpty()) {
        complaint.add(at, attempt.objection());
      }
      for (Options.Understood way : attempt.ways()) {
        int hitsBefore = hits.size();
        int usedBefore = used.size();
        hits.addAll(way.hits());
        used.addAll(way.used());
        if (from(step, at + way.words(), false)) {
          return true;
        }
        hits.subList(hitsBefore, hits.size()).clear();
        used.subList(usedBefore, used.size()).clear();
      }
      return false;
    }

    private boolean command(Instruction.TakeCommand command, int step, int at, boolean ended) {
      if (arguments.get(at).startsWith("-")) {
        return false;
      }
      commandAt = at;
      place = command.place();
      return from(step + 1, arguments.size(), ended);
    }

    private boolean end(Instruction instruction, int at) {
      if (at < arguments.size()) {
        complaint.add(at, "is one word too many, or is not known here");
        return false;
      }
      if (!(instruction instanceof Instruction.Accept)) {
        complaint.add(at, "is missing");
        return false;
      }
      if (!new HashSet<>(used).containsAll(options.required())) {
        complaint.add(at, "is missing: " + options.required().iterator().next());
        return false;
      }
      return true;
    }
  }
}
