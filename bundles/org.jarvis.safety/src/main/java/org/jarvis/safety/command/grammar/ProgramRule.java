package org.jarvis.safety.command.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program may be given.
 *
 * @param file the file that says so
 * @param line the line where it begins
 * @param name what people call the program
 * @param paths where it lives; the first is what runs
 * @param forms the ways to call it; the first that fits decides
 * @param otherwise what it means where none fits
 * @param because why it means that then; {@code null} where the file does not say
 * @param instead what would be accepted instead; {@code null} where the file does not say
 * @param confirmed whether its tiers count; otherwise nothing is milder than RED
 */
public record ProgramRule(
    String file,
    int line,
    String name,
    List<String> paths,
    List<Form> forms,
    Meaning otherwise,
    @Nullable String because,
    @Nullable String instead,
    boolean confirmed) {
  /** Keeps the lists from changing. */
  public ProgramRule {
    paths = List.copyOf(paths);
    forms = List.copyOf(forms);
  }

  /** The same rule while nobody has confirmed its file. */
  ProgramRule unconfirmed() {
    return new ProgramRule(file, line, name, paths, forms, otherwise, because, instead, false);
  }

  /** What runs. */
  public String path() {
    return paths.get(0);
  }
}
