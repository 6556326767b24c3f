package org.jarvis.safety.command.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One way to call a program, and what that means. Immutable once its file was read. */
public final class Form {
  /** What a form has to do with a command in it. */
  public enum Role {
    /** There is none. */
    PLAIN,
    /** It runs the command; the meaning is the command's. */
    WRAPS,
    /** It runs the command with root's rights, and the command alone is what runs. */
    ELEVATES
  }

  /**
   * A command line that shows what the form decides, or does not.
   *
   * @param line the line of the file
   * @param text the command
   * @param matches whether the form decides it
   */
  public record Example(int line, String text, boolean matches) {}

  private final int line;
  private final Role role;
  private final Meaning meaning;
  private final boolean root;
  private final Synopsis synopsis;
  private final List<FixedTouch> touches;
  private final List<Example> examples = new ArrayList<>();
  private @Nullable String because;
  private @Nullable String instead;

  Form(
      int line,
      Role role,
      Meaning meaning,
      boolean root,
      Synopsis synopsis,
      List<FixedTouch> touches) {
    this.line = line;
    this.role = role;
    this.meaning = meaning;
    this.root = root;
    this.synopsis = synopsis;
    this.touches = List.copyOf(touches);
  }

  /** The line of its file. */
  public int line() {
    return line;
  }

  /** What it has to do with a command in it. */
  public Role role() {
    return role;
  }

  /** What it means, a command in it aside. */
  public Meaning meaning() {
    return meaning;
  }

  /** Whether it needs root. */
  public boolean root() {
    return root;
  }

  /** What it does something to without an operand that names it. */
  public List<FixedTouch> touches() {
    return touches;
  }

  /** Its examples. */
  public List<Example> examples() {
    return List.copyOf(examples);
  }

  /** Why it means that, for people; {@code null} where the file does not say. */
  public @Nullable String because() {
    return because;
  }

  /** What would be accepted instead; {@code null} where the file does not say. */
  public @Nullable String instead() {
    return instead;
  }

  /** How arguments fit it; empty when they do not. */
  public Optional<Fit> fit(List<String> arguments, PathRules paths, Complaint complaint) {
    return synopsis.fit(arguments, paths, complaint);
  }

  Synopsis synopsis() {
    return synopsis;
  }

  void add(Example example) {
    examples.add(example);
  }

  void explain(String why) {
    because = why;
  }

  void suggest(String what) {
    instead = what;
  }
}
