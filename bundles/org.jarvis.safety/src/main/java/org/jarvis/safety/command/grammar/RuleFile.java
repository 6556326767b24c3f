package org.jarvis.safety.command.grammar;

import java.util.List;

/**
 * A file of rules, as it was read.
 *
 * @param name the file's name, for people
 * @param programs its programs
 * @param readable patterns of files that may be read
 * @param searchable patterns of folders that may be searched
 * @param secret patterns of files that may not
 */
public record RuleFile(
    String name,
    List<ProgramRule> programs,
    List<String> readable,
    List<String> searchable,
    List<String> secret) {
  /** Keeps the lists from changing. */
  public RuleFile {
    programs = List.copyOf(programs);
    readable = List.copyOf(readable);
    searchable = List.copyOf(searchable);
    secret = List.copyOf(secret);
  }

  /** The same rules while nobody has confirmed them. */
  public RuleFile unconfirmed() {
    return new RuleFile(
        name,
        programs.stream().map(ProgramRule::unconfirmed).toList(),
        readable,
        searchable,
        secret);
  }

  /** Whether it says something about paths, which is for the files alone that Jarvis ships. */
  public boolean hasPaths() {
    return !readable.isEmpty() || !searchable.isEmpty() || !secret.isEmpty();
  }

  /** The rules for paths of all these files together. */
  public static PathRules paths(List<RuleFile> files) {
    return new PathRules(
        files.stream().flatMap(file -> file.readable().stream()).toList(),
        files.stream().flatMap(file -> file.searchable().stream()).toList(),
        files.stream().flatMap(file -> file.secret().stream()).toList());
  }
}
