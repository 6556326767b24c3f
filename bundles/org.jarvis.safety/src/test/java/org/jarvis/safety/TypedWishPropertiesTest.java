package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What no typed text may ever stand for, whatever surrounds it. */
class TypedWishPropertiesTest {
  private static final List<String> TOOLS = List.copyOf(WishForm.tools());

  private final WishScene scene = new WishScene();

  @Property
  void noNegatedTextLetsAnythingRun(
      @ForAll("sentences") List<String> sentence,
      @ForAll("negations") String negation,
      @ForAll("places") int place) {
    nothing(with(sentence, negation, place));
  }

  @Property
  void noTextThatNamesTwoResourcesLetsAnythingRun(
      @ForAll("sentences") List<String> sentence,
      @ForAll("resources") String one,
      @ForAll("resources") String other,
      @ForAll("places") int here,
      @ForAll("places") int there) {
    List<String> first = with(sentence, one, here);
    List<String> both = with(first, other, there);
    if (!WishResources.same(one, other)) {
      nothing(both);
    }
  }

  @Property
  void noTextOfTwoOperationsLetsAnythingRun(
      @ForAll("sentences") List<String> sentence,
      @ForAll("operations") String operation,
      @ForAll("places") int place) {
    List<String> more = with(sentence, operation, place);
    if (more.stream().filter(WishResources.OPERATIONS::contains).count() > 1) {
      nothing(more);
    }
  }

  @Property
  void noQuotationLetsAnythingRun(
      @ForAll("sentences") List<String> sentence, @ForAll("quotes") String quote) {
    String text = String.join(" ", sentence);
    for (String tool : TOOLS) {
      assertThat(scene.lets(tool, quote.formatted(text))).as(text).isFalse();
    }
  }

  @Property
  void noArbitraryTextLetsAnythingRun(@ForAll String text) {
    for (String tool : TOOLS) {
      assertThat(scene.lets(tool, text)).isFalse();
    }
  }

  /** The other properties would hold of a grammar that nothing fits. */
  @Property
  void whatIsLetNamesItsTarget(@ForAll("sentences") List<String> sentence) {
    String text = String.join(" ", sentence);
    boolean let = scene.lets("start_vm", text);
    Statistics.label("let").collect(let);
    if (let) {
      assertThat(sentence).containsAnyOf("media", "101", "#101");
    }
    Statistics.label("let").coverage(checker -> checker.check(true).count(count -> count > 0));
  }

  private void nothing(List<String> sentence) {
    String text = String.join(" ", sentence);
    for (String tool : TOOLS) {
      assertThat(scene.lets(tool, text)).as("%s: %s", tool, text).isFalse();
    }
  }

  private static List<String> with(List<String> sentence, String word, int place) {
    List<String> more = new ArrayList<>(sentence);
    more.add(place % (sentence.size() + 1), word);
    return more;
  }

  @Provide
  Arbitrary<List<String>> sentences() {
    Arbitrary<List<String>> wishes =
        Combinators.combine(
                Arbitraries.of("", "please", "jarvis", "could you", "now", "yes"),
                Arbitraries.of("start", "boot", "turn on", "wake", "resume", "snapshot", "restart"),
                Arbitraries.of("", "the", "vm", "server", "node", "pveproxy on"),
                Arbitraries.of("media", "101", "#101", "web", "pve3", "pve1", "home-assistant"),
                Arbitraries.of("", "please", "now", "again", "server", "thanks"))
            .as((before, verb, kind, name, after) -> List.of(before, verb, kind, name, after))
            .map(words -> words.stream().filter(word -> !word.isEmpty()).toList());
    Arbitrary<List<String>> jumbles =
        Arbitraries.of(
                "please",
                "start",
                "stop",
                "the",
                "vm",
                "server",
                "media",
                "101",
                "web",
                "on",
                "up",
                "now",
                "could",
                "you",
                "turn",
                "snapshot",
                "take",
                "a",
                "of",
                "pve1",
                "pve3")
            .list()
            .ofMinSize(1)
            .ofMaxSize(6);
    return Arbitraries.oneOf(wishes, jumbles);
  }

  @Provide
  Arbitrary<String> negations() {
    return Arbitraries.of(
        "not",
        "don't",
        "dont",
        "do not",
        "never",
        "no",
        "without",
        "unless",
        "except",
        "stop",
        "avoid",
        "cannot",
        "can't",
        "instead of",
        "rather than",
        "nothing",
        "neither",
        "nor",
        "Not",
        "NEVER",
        "nicht",
        "\u2260",
        "hardly");
  }

  @Provide
  Arbitrary<String> resources() {
    return Arbitraries.of(WishResources.ALL);
  }

  @Provide
  Arbitrary<String> operations() {
    return Arbitraries.of(WishResources.OPERATIONS);
  }

  @Provide
  Arbitrary<String> quotes() {
    return Arbitraries.of(
        "\"%s\"",
        "'%s'",
        "`%s`",
        "\u201c%s\u201d",
        "\u2018%s\u2019",
        "\u00ab%s\u00bb",
        "> %s",
        "```\n%s\n```",
        "```%s",
        "<%s>",
        "{%s}",
        "[%s]",
        "%s\n> quoted",
        "| %s");
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 20);
  }

  /** What is in the scene, by the words that name it. */
  private static final class WishResources {
    private static final List<String> ALL =
        List.of(
            "media",
            "101",
            "#101",
            "web",
            "102",
            "home-assistant",
            "103",
            "twin",
            "105",
            "205",
            "pve1",
            "pve2",
            "pve3",
            "local",
            "nas",
            "home",
            "cabin",
            "other");

    private static final List<String> OPERATIONS =
        List.of("start", "stop", "boot", "launch", "delete", "restart", "wake", "resume", "reboot");

    private static final List<List<String>> SAME =
        List.of(
            List.of("media", "101", "#101"),
            List.of("web", "102"),
            List.of("home-assistant", "103"),
            List.of("twin", "105", "205"));

    private static boolean same(String one, String other) {
      return one.equals(other)
          || SAME.stream().anyMatch(names -> names.contains(one) && names.contains(other));
    }
  }
}
