package org.jarvis.safety.command.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small languages of which only the harmless part is understood. */
class ScriptsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{print $1}",
        "NR>1{print $1}",
        "NR > 1 && $3 ~ /err[or]/ { n++ } END { print n }",
        "{ sum += $2/1024 } END { printf \"%.1f MB\\n\", sum/NR }",
        "/^MemAvailable/ {print ($2+$3)/1024, $NF}",
        "BEGIN{FS=\":\"; OFS=\"\\t\"} {if ($3 > 5) print $1; else print $2}",
        "{for (i = 1; i <= NF; i++) if ($i ~ /x/) print i}",
        "!seen[$1]++",
        "{gsub(/\\//, \"_\"); print toupper(substr($0, 1, 3))}",
        "$2 >= 80",
      })
  void acceptsAwkThatPicksAndPrints(String program) {
    assertThat(AwkProgram.objection(program, PathRules.NONE)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN{system(\"id\")}",
        "BEGIN{system (\"id\")}",
        "BEGIN{\"id\"|getline}",
        "{print > \"/etc/passwd\"}",
        "{print $1, $2 >> \"/tmp/x\"}",
        "{print $1 | \"sh\"}",
        "{print (1)(2) > \"x\"}",
        "{print (1 > 2)}",
        "BEGIN{while((getline line < \"/etc/shadow\")>0) print line}",
        "BEGIN{ARGV[1]=\"/etc/shadow\";ARGC=2}",
        "@include \"/tmp/x\"",
        "@load \"filefuncs\"",
        "BEGIN{print ENVIRON[\"HOME\"]}",
        "function f(){system(\"id\")} {f()}",
        "BEGIN{f=\"system\"; @f(\"id\")}",
        "BEGIN { printf \"x\" |& \"sh\" }",
        "{if (1) /\"/; system(\"id\"); /\"/}",
        "{x++ /\"/; system(\"id\") /\"/}",
        "length /\"/; system(\"id\") /\"/",
        "/[/]\"/; system(\"id\") #\"/",
        "{print \"unclosed}",
        "BEGIN{close(\"x\")} # comment",
        "{print \\\n}",
        "BEGIN{PROCINFO[\"sorted_in\"]}",
        "BEGIN{SYMTAB[\"x\"]}",
        "{print $1 & 2}",
        "'x'",
      })
  void refusesAwkThatReachesFurther(String program) {
    assertThat(AwkProgram.objection(program, PathRules.NONE)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5p",
        "1,10p",
        "$p",
        "/start/,/end/p",
        "1!d",
        "s/a/b/g",
        "s|/dev/||",
        "10q",
        "p;d",
        "2,$p",
        "s/[0-9]*//gI",
        "/x/d; s/a/b/",
        "$!d",
        "1~2p",
        "=",
        "p;",
      })
  void acceptsSedThatPicksAndReplaces(String script) {
    assertThat(SedScript.objection(script, PathRules.NONE)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s/a/b/e",
        "s/a/b/w /etc/passwd",
        "w /etc/passwd",
        "r /etc/shadow",
        "e id",
        "1e id",
        "1,2w x",
        "s/a/b/;e",
        "s/a/b/ge",
        "{p}",
        "R /etc/shadow",
        "W x",
        "a text",
        "i text",
        "c text",
        "b",
        "F",
        "v",
        "s/[/]/e;s//x/",
        "s/a/b",
        "s/a",
        "/a",
        "y/a/b/",
        "s\\a\\b\\e",
        "sxaxbxe",
        "1p 2p",
        "",
      })
  void refusesSedThatReachesFurther(String script) {
    assertThat(SedScript.objection(script, PathRules.NONE)).isNotNull();
  }
}
