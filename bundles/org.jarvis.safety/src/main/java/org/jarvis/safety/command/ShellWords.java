package org.jarvis.safety.command;

import java.util.Set;

/** Words that are no programs but parts of a shell, which never gets to see them. */
final class ShellWords {
  private static final Set<String> ALL =
      Set.of(
          ".",
          ":",
          "alias",
          "bg",
          "bind",
          "builtin",
          "caller",
          "cd",
          "command",
          "compgen",
          "complete",
          "compopt",
          "declare",
          "dirs",
          "disown",
          "enable",
          "eval",
          "exec",
          "exit",
          "export",
          "fc",
          "fg",
          "getopts",
          "hash",
          "help",
          "history",
          "jobs",
          "let",
          "local",
          "logout",
          "mapfile",
          "popd",
          "pushd",
          "read",
          "readarray",
          "readonly",
          "return",
          "set",
          "shift",
          "shopt",
          "source",
          "suspend",
          "times",
          "trap",
          "type",
          "typeset",
          "ulimit",
          "umask",
          "unalias",
          "unset",
          "wait");

  private ShellWords() {}

  static boolean contains(String word) {
    return ALL.contains(word);
  }
}
