package org.jarvis.safety.command.grammar;

import java.util.Set;

/** Words of awk and its extensions that look like variables but reach further. */
final class AwkWords {
  static final Set<String> RESERVED =
      Set.of(
          "system",
          "getline",
          "close",
          "fflush",
          "func",
          "function",
          "load",
          "include",
          "eval",
          "namespace",
          "nextfile",
          "extension",
          "switch",
          "case",
          "default",
          "return",
          "getenv",
          "and",
          "or",
          "xor",
          "lshift",
          "rshift",
          "compl",
          "strtonum",
          "srand",
          "rand",
          "mktime",
          "isarray",
          "typeof",
          "patsplit",
          "bindtextdomain",
          "dcgettext",
          "dcngettext",
          "mkbool",
          "abort",
          "fork",
          "exec",
          "wait",
          "kill",
          "popen",
          "readfile",
          "writea",
          "reada",
          "chdir",
          "stat",
          "fts");

  private AwkWords() {}
}
