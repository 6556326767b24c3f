package org.jarvis.testkit.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.StopReason;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.tool.Arguments;
import org.jarvis.testkit.llm.Dialect.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ModelProvider} that speaks HTTP has to do beyond what every one has, with a
 * server that is as it should be, and with one that is broken in every way that servers are.
 */
public abstract class HttpProviderContract extends ModelProviderContract {
  /** The key that the provider under test has; nobody but the server may ever see it. */
  protected static final String CANARY = "sk-canary-0123456789";

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(250);
  private static final String HOSTILE = "Grüße 🚀 \"pve1\"\n\u202eevil\u0007 data: x\r\n{}[DONE]";
  private static final Asked START = new Asked("call_1", "start_vm", "{\"vmid\":101}");

  private StubModelServer server;

  /**
   * How a provider under test waits.
   *
   * @param first for the beginning of an answer
   * @param silence for a sign of life
   */
  protected record Waits(Duration first, Duration silence) {}

  /** A new provider of a model behind this server, with {@link #CANARY} as its key. */
  protected abstract ModelProvider provider(URI server, Waits waits);

  /** What the server speaks. */
  protected abstract Dialect dialect();

  /** The server. */
  protected StubModelServer server() {
    return server;
  }

  /** The provider, with all the time of the world. */
  protected ModelProvider patient() {
    return provider(new Waits(LONG, LONG));
  }

  private ModelProvider provider(Waits waits) {
    return opened(provider(server.address(), waits));
  }

  /** Asks a first question, of which the server answers this. */
  protected Heard ask(StubReply... replies) {
    server.answers(replies);
    Heard heard = new Heard();
    patient().converse(Questions.first(), heard);
    return heard;
  }

  @BeforeEach
  void start() {
    server = new StubModelServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected ModelProvider talkative(int questions) {
    for (int i = 0; i < questions; i++) {
      String number = Integer.toString(i);
      server.answers(StubReply.stream(dialect().says(List.of("Answer ", number, "."))));
    }
    return patient();
  }

  // As it should be.

  @Test
  void tellsAnAnswerPieceByPieceAndThenWhole() {
    Heard heard = ask(StubReply.stream(dialect().says(List.of("Hello", " there", "!"))));

    Answer answer = heard.answer();
    assertThat(answer.text()).isEqualTo("Hello there!");
    assertThat(answer.stop()).isEqualTo(StopReason.END);
    assertThat(answer.model()).contains("stub");
    assertThat(answer.usage().input()).isEqualTo(dialect().inputTokens());
    assertThat(answer.usage().output()).isEqualTo(dialect().outputTokens());
    assertThat(heard.events().stream().filter(AnswerEvent.TextDelta.class::isInstance))
        .as("pieces as they came, not collected")
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(heard.disorder()).isFalse();
  }

  @Test
  void tellsTheFirstWordsWhileTheServerStillSpeaks() {
    server.answers(StubReply.stream(dialect().begins("First words")).then(StubReply.Then.SILENCE));
    Heard heard = new Heard();
    ModelExchange exchange = patient().converse(Questions.first(), heard);

    assertThat(heard.awaitEvent()).isTrue();
    assertThat(heard.words()).startsWith("First");
    exchange.cancel();
    heard.end();
  }

  @Test
  void understandsTheSameHoweverTheBytesAreCut() {
    String body = dialect().asks(HOSTILE, List.of(START));

    Heard heard = ask(StubReply.stream(body).byteByByte());

    assertThat(heard.answer().text()).isEqualTo(HOSTILE);
    assertThat(heard.words()).isEqualTo(HOSTILE);
    assertThat(heard.answer().calls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r"})
  void understandsTheSameWhateverEndsALine(String end) {
    String body = dialect().asks("Well then.", List.of(START)).replace("\n", end);

    Heard heard = ask(StubReply.stream(body).byteByByte());

    assertThat(heard.answer().text()).isEqualTo("Well then.");
    assertThat(heard.answer().calls()).hasSize(1);
  }

  @Test
  void understandsDataWithoutABlankBeforeIt() {
    Heard heard =
        ask(StubReply.stream(dialect().says(List.of("Hello")).replace("data: ", "data:")));

    assertThat(heard.answer().text()).isEqualTo("Hello");
  }

  @Test
  void understandsAStreamWhoseLastBlankLineIsMissing() {
    Heard heard = ask(StubReply.stream(dialect().says(List.of("Hello")).stripTrailing()));

    assertThat(heard.answer().text()).isEqualTo("Hello");
  }

  @Test
  void passesOverWhatIsUnknown() {
    String unknown = "event: of_next_year\nid: 7\nretry: 10\ndata: {\"type\":\"of_next_year\"}\n\n";

    Heard heard = ask(StubReply.stream(unknown + dialect().says(List.of("Hello")) + unknown));

    assertThat(heard.answer().text()).isEqualTo("Hello");
    assertThat(heard.disorder()).isFalse();
  }

  @Test
  void mindsNoFloodOfSignsOfLife() {
    String flood = dialect().signOfLife().repeat(5_000);

    Heard heard = ask(StubReply.stream(flood + dialect().says(List.of("Hello")) + flood));

    assertThat(heard.answer().text()).isEqualTo("Hello");
  }

  @Test
  void answersOneAfterTheOther() {
    ModelProvider provider = patient();
    for (String word : List.of("One", "Two", "Three")) {
      server.answers(StubReply.stream(dialect().says(List.of(word))));
      Heard heard = new Heard();
      provider.converse(Questions.first(), heard);
      assertThat(heard.answer().text()).isEqualTo(word);
    }
  }

  @Test
  void answersManyAtOnceWithoutMixingThem() {
    ModelProvider provider = patient();
    List<String> words = IntStream.range(0, 20).mapToObj(i -> "answer-" + i).toList();
    words.forEach(
        word ->
            server.answers(
                StubReply.stream(dialect().says(List.of(word, "/", word))).byteByByte()));
    List<Heard> all = words.stream().map(word -> new Heard()).toList();
    all.forEach(heard -> provider.converse(Questions.first(), heard));

    List<String> answers = all.stream().map(heard -> heard.answer().text()).sorted().toList();
    assertThat(answers)
        .containsExactlyElementsOf(words.stream().map(word -> word + "/" + word).sorted().toList());
    assertThat(all).noneMatch(Heard::disorder);
  }

  // Calls.

  @Test
  void handsOutParallelCallsInTheirOrder() {
    Heard heard =
        ask(
            StubReply.stream(
                dialect()
                    .asks(
                        "Two things.",
                        List.of(
                            new Asked("a", "start_vm", "{\"vmid\":101,\"node\":\"pve\\\"1\"}"),
                            new Asked("b", "get_cluster_status", "{}")))));

    Answer answer = heard.answer();
    assertThat(answer.stop()).isEqualTo(StopReason.TOOL_CALLS);
    assertThat(answer.text()).isEqualTo("Two things.");
    assertThat(answer.calls())
        .extracting(AnswerPart.Call::id, AnswerPart.Call::name)
        .containsExactly(tuple("a", "start_vm"), tuple("b", "get_cluster_status"));
    assertThat(answer.calls().get(0).arguments().values())
        .containsEntry("vmid", 101)
        .containsEntry("node", "pve\"1");
  }

  @Test
  void takesNoArgumentsForAnEmptyObject() {
    Heard heard =
        ask(
            StubReply.stream(
                dialect().asks("Look.", List.of(new Asked("a", "get_cluster_status", "")))));

    assertThat(heard.answer().calls())
        .singleElement()
        .satisfies(call -> assertThat(call.arguments()).isEqualTo(Arguments.none()));
  }

  @Test
  void makesNoCallOfAToolThatNobodyOffered() {
    Heard heard =
        ask(StubReply.stream(dialect().asks("Hm.", List.of(new Asked("a", "rm -rf /", "{}")))));

    assertThat(heard.answer().calls()).isEmpty();
    assertThat(heard.answer().parts())
        .filteredOn(AnswerPart.UnusableCall.class::isInstance)
        .singleElement()
        .satisfies(
            call -> assertThat(((AnswerPart.Asking) call).name()).matches("[a-zA-Z0-9_-]{1,64}"));
    assertThat(heard.answer().stop()).isEqualTo(StopReason.TOOL_CALLS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"vmid\":10",
        "vmid=101",
        "[101]",
        "\"101\"",
        "{\"vmid\":101}{\"vmid\":102}",
        "{\"vmid\":101,\"vmid\":102}",
        "null"
      })
  void makesNoCallOfArgumentsThatAreNoJsonObject(String arguments) {
    Heard heard =
        ask(
            StubReply.stream(
                dialect().asks("Hm.", List.of(new Asked("a", "start_vm", arguments)))));

    assertThat(heard.answer().calls()).isEmpty();
    assertThat(heard.answer().parts())
        .filteredOn(AnswerPart.UnusableCall.class::isInstance)
        .hasSize(1);
  }

  @Test
  void neverHandsOutACallThatWasCut() {
    Heard heard = ask(StubReply.stream(dialect().cutWithin(START)));

    assertThat(heard.answer().stop()).isEqualTo(StopReason.LENGTH);
    assertThat(heard.answer().parts()).noneMatch(AnswerPart.Asking.class::isInstance);
  }

  @Test
  void neverHandsOutACallOfAnAnswerThatWasRefused() {
    Heard heard = ask(StubReply.stream(dialect().refusedAfter("I had begun.", START)));

    assertThat(heard.answer().stop()).isEqualTo(StopReason.REFUSED);
    assertThat(heard.answer().parts()).noneMatch(AnswerPart.Asking.class::isInstance);
    assertThat(heard.answer().text()).isEqualTo("I had begun.");
  }

  @Test
  void neverHandsOutACallOfAnAnswerThatEndedForAnUnknownReason() {
    Heard heard = ask(StubReply.stream(dialect().endedOddlyAfter(START)));

    assertThat(heard.answer().stop()).isEqualTo(StopReason.OTHER);
    assertThat(heard.answer().parts()).noneMatch(AnswerPart.Asking.class::isInstance);
  }

  @Test
  void neverHandsOutACallOfAnAnswerThatDidNotEnd() {
    Heard heard = ask(StubReply.stream(dialect().neverEndsAfter(START)));

    assertThat(heard.failure().kind()).isEqualTo(Kind.BROKEN_ANSWER);
  }

  @Test
  void givesCallsOfOneIdDifferentOnes() {
    Heard heard =
        ask(
            StubReply.stream(
                dialect()
                    .asks(
                        "Both.",
                        List.of(
                            new Asked("", "get_cluster_status", "{}"),
                            new Asked("", "start_vm", "{\"vmid\":101}")))));

    assertThat(heard.answer().calls())
        .hasSize(2)
        .extracting(AnswerPart.Call::id)
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  @Test
  void handsBackWhatItAnsweredAndWhatCameOfIt() {
    Answer asked = ask(StubReply.stream(dialect().asks("I start it.", List.of(START)))).answer();
    server.answers(StubReply.stream(dialect().says(List.of("It runs."))));
    Heard heard = new Heard();
    patient()
        .converse(
            Questions.of(
                List.of(
                    new Turn.Said("Start 101."),
                    asked.turn().orElseThrow(),
                    new Turn.Results(
                        List.of(new Turn.ToolOutcome("call_1", "It is on pve-canary.", false))))),
            heard);

    assertThat(heard.answer().text()).isEqualTo("It runs.");
    assertThat(server.received().get(1).body())
        .contains("Start 101.", "I start it.", "start_vm", "call_1", "It is on pve-canary.")
        .contains("^[a-z0-9-]+$", "You are Jarvis.");
  }

  // Broken streams.

  @Test
  void tellsAStreamThatStopsInTheMiddle() {
    Heard heard = ask(StubReply.stream(dialect().begins("It was")));

    assertThat(heard.failure().kind()).isEqualTo(Kind.BROKEN_ANSWER);
    assertThat(heard.failure().retriable()).isTrue();
    assertThat(heard.words()).isEqualTo("It was");
  }

  @Test
  void tellsAConnectionThatBreaks() {
    Heard heard = ask(StubReply.stream(dialect().begins("It was")).then(StubReply.Then.BREAK));

    assertThat(heard.failure().kind()).isEqualTo(Kind.BROKEN_ANSWER);
    assertThat(heard.failure().retriable()).isTrue();
  }

  @Test
  void tellsAnErrorInTheMiddle() {
    Heard heard = ask(StubReply.stream(dialect().failsAfter("It was")));

    assertThat(heard.failure().kind()).isEqualTo(Kind.OVERLOADED);
    assertThat(heard.failure().retriable()).isTrue();
    assertThat(heard.words()).isEqualTo("It was");
  }

  @Test
  void tellsGarbage() {
    Heard heard = ask(StubReply.stream("data: <html>\u0000\n\n"));

    assertThat(heard.failure().kind()).isEqualTo(Kind.BROKEN_ANSWER);
  }

  @Test
  void givesUpOnAnEventWithoutAnEnd() {
    server.answers(StubReply.stream("data: " + "x".repeat(1 << 20)).then(StubReply.Then.REPEAT));
    Heard heard = new Heard();
    patient().converse(Questions.first(), heard);

    assertThat(heard.failure().kind()).isEqualTo(Kind.BROKEN_ANSWER);
    assertThat(server.awaitDeparture()).isTrue();
  }

  // Refusals.

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_REQUEST, false",
    "401, CREDENTIALS_REFUSED, false",
    "402, BILLING, false",
    "403, CREDENTIALS_REFUSED, false",
    "404, MODEL_MISSING, false",
    "413, TOO_LARGE, false",
    "429, RATE_LIMITED, true",
    "500, SERVER_ERROR, true",
    "504, TIMED_OUT, true",
  })
  void tellsWhyTheServerRefuses(int status, Kind kind, boolean retriable) {
    Heard heard =
        ask(
            StubReply.error(status, dialect().error(status, "Such is life.\u202e\n"))
                .with("request-id", "req_7"));

    assertThat(heard.failure().kind()).isEqualTo(kind);
    assertThat(heard.failure().retriable()).isEqualTo(retriable);
    assertThat(heard.failure().message()).contains("Such is life.").doesNotContain("\u202e", "\n");
    assertThat(heard.failure().requestId()).isEqualTo("req_7");
    assertThat(heard.failure().retryAfter()).isNull();
  }

  @Test
  void repeatsNothingByItself() {
    ModelProvider provider = patient();
    StubReply busy =
        StubReply.error(
            dialect().overloaded(), dialect().error(dialect().overloaded(), "Overloaded"));
    server.answers(busy, busy, busy, StubReply.stream(dialect().says(List.of("At last."))));
    for (int i = 1; i <= 3; i++) {
      Heard heard = new Heard();
      provider.converse(Questions.first(), heard);
      assertThat(heard.failure().kind()).isEqualTo(Kind.OVERLOADED);
      assertThat(heard.failure().retriable()).isTrue();
      assertThat(server.received()).hasSize(i);
    }
    Heard heard = new Heard();
    provider.converse(Questions.first(), heard);

    assertThat(heard.answer().text()).isEqualTo("At last.");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1000", "1.5, 1500", "-3, 0", "9999999999999, 86400000"})
  void tellsHowManySecondsToWait(String header, long millis) {
    assertThat(limited("retry-after", header).retryAfter()).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void believesMillisecondsRatherThanSeconds() {
    Heard heard =
        ask(
            StubReply.error(429, dialect().error(429, "Slow down."))
                .with("retry-after", "7")
                .with("retry-after-ms", "1234"));

    assertThat(heard.failure().retryAfter()).isEqualTo(Duration.ofMillis(1234));
  }

  @ParameterizedTest
  @CsvSource({"'Wed, 21 Oct 2015 07:28:00 GMT', 0", "'Fri, 31 Dec 2100 23:59:59 GMT', 1"})
  void tellsUntilWhenToWaitForADayAtMost(String date, int days) {
    assertThat(limited("retry-after", date).retryAfter()).isEqualTo(Duration.ofDays(days));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "1e9", "Fri, 31 Feb 2026 99:00:00 GMT"})
  void takesNoNonsenseForATime(String header) {
    assertThat(limited("retry-after", header).retryAfter()).isNull();
  }

  private ModelFailure limited(String name, String value) {
    return ask(StubReply.error(429, dialect().error(429, "Slow down.")).with(name, value))
        .failure();
  }

  @Test
  void believesTheServerOnWhetherToRepeat() {
    assertThat(limited("x-should-retry", "false").retriable()).isFalse();
    assertThat(
            ask(StubReply.error(400, dialect().error(400, "Not yet."))
                    .with("x-should-retry", "true"))
                .failure()
                .retriable())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"502, SERVER_ERROR", "503, OVERLOADED", "524, TIMED_OUT", "200, BROKEN_ANSWER"})
  void tellsAPageOfSomethingInBetween(int status, Kind kind) {
    Heard heard = ask(StubReply.page(status, "<html><script>alert(1)</script></html>"));

    assertThat(heard.failure().kind()).isEqualTo(kind);
    assertThat(heard.failure().retriable()).isTrue();
    assertThat(heard.failure().message()).doesNotContain("<");
  }

  @Test
  void tellsAnEmptyError() {
    Heard heard = ask(new StubReply(503, Map.of(), List.of(), StubReply.Then.END));

    assertThat(heard.failure().kind()).isEqualTo(Kind.OVERLOADED);
    assertThat(heard.failure().message()).contains("503");
  }

  @Test
  void readsOnlyTheBeginningOfAnEndlessError() {
    Heard heard = ask(StubReply.page(500, "nothing ".repeat(1000)).then(StubReply.Then.REPEAT));

    assertThat(heard.failure().kind()).isEqualTo(Kind.SERVER_ERROR);
    assertThat(server.awaitDeparture()).isTrue();
  }

  @Test
  void followsNobodyElsewhere() {
    try (StubModelServer elsewhere = new StubModelServer()) {
      Heard heard =
          ask(
              StubReply.page(307, "Over there.")
                  .with("location", elsewhere.address() + "/v1/messages"));

      assertThat(heard.end()).isInstanceOf(AnswerEvent.Failed.class);
      assertThat(elsewhere.received()).as("the key would have gone there").isEmpty();
    }
  }

  @Test
  void tellsAServerThatIsNotThere() {
    server.close();
    Heard heard = new Heard();
    patient().converse(Questions.first(), heard);

    assertThat(heard.failure().kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(heard.failure().retriable()).isTrue();
  }

  // Silence.

  @Test
  void givesUpOnAServerThatDoesNotBegin() {
    server.answers(
        StubReply.stream(dialect().signOfLife().substring(0, 1)).then(StubReply.Then.SILENCE));
    Heard heard = new Heard();
    provider(new Waits(SHORT, SHORT)).converse(Questions.first(), heard);

    assertThat(heard.failure().kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(server.awaitDeparture()).as("the exchange is ended at the server, too").isTrue();
  }

  @Test
  void hasOtherPatienceWithTheBeginningThanWithTheRest() {
    server.answers(StubReply.stream(dialect().begins("It was")).then(StubReply.Then.SILENCE));
    Heard heard = new Heard();
    provider(new Waits(LONG, SHORT)).converse(Questions.first(), heard);

    assertThat(heard.failure().kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(heard.words()).isEqualTo("It was");
    assertThat(server.awaitDeparture()).isTrue();
  }

  @Test
  void endsWhatTakesTooLongHoweverLivelyItIs() {
    server.answers(
        StubReply.stream(dialect().begins("It was"))
            .followedBy(dialect().signOfLife())
            .then(StubReply.Then.REPEAT));
    Heard heard = new Heard();
    patient().converse(Questions.within(SHORT), heard);

    assertThat(heard.failure().kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(server.awaitDeparture()).isTrue();
  }

  // Cancelling.

  @Test
  void cancelEndsTheExchangeAtTheServer() {
    server.answers(StubReply.stream(dialect().begins("It was")).then(StubReply.Then.SILENCE));
    Heard heard = new Heard();
    ModelExchange exchange = patient().converse(Questions.first(), heard);
    assertThat(heard.awaitEvent()).isTrue();

    exchange.cancel();

    assertThat(heard.failure().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(heard.failure().retriable()).isFalse();
    assertThat(server.awaitDeparture()).isTrue();
    exchange.cancel();
    assertThat(heard.disorder()).isFalse();
  }

  @Test
  void cancelEndsWhatHasNotBegun() {
    server.answers(StubReply.stream("").then(StubReply.Then.SILENCE));
    Heard heard = new Heard();
    ModelExchange exchange = patient().converse(Questions.first(), heard);
    assertThat(server.awaitRequest()).isTrue();

    exchange.cancel();

    assertThat(heard.failure().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(server.awaitDeparture()).isTrue();
  }

  @Test
  void nothingIsSaidAfterACancelFromWithin() {
    String endless = dialect().begins("It was");
    server.answers(StubReply.stream(endless).then(StubReply.Then.REPEAT));
    Heard heard = new Heard();
    CompletableFuture<ModelExchange> exchange = new CompletableFuture<>();
    Consumer<AnswerEvent> impatient =
        event -> {
          heard.accept(event);
          if (event instanceof AnswerEvent.TextDelta) {
            exchange.join().cancel();
          }
        };
    exchange.complete(patient().converse(Questions.first(), impatient));

    assertThat(heard.failure().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(server.awaitDeparture()).isTrue();
    assertThat(heard.events()).hasSize(2);
  }

  @Test
  void aConsumerThatThrowsEndsTheExchange() {
    server.answers(StubReply.stream(dialect().begins("It was")).then(StubReply.Then.SILENCE));
    Heard heard = new Heard();
    patient()
        .converse(
            Questions.first(),
            event -> {
              heard.accept(event);
              throw new IllegalStateException("A consumer as it should not be.");
            });

    assertThat(heard.failure().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(server.awaitDeparture()).isTrue();
  }

  @Test
  void whatIsUnderWayEndsWhenTheProviderLeaves() {
    server.answers(StubReply.stream(dialect().begins("It was")).then(StubReply.Then.SILENCE));
    ModelProvider provider = patient();
    Heard during = new Heard();
    provider.converse(Questions.first(), during);
    assertThat(during.awaitEvent()).isTrue();

    leave(provider);
    Heard after = new Heard();
    provider.converse(Questions.first(), after);

    assertThat(during.failure().kind()).isEqualTo(Kind.PROVIDER_LEFT);
    assertThat(during.words()).isEqualTo("It was");
    assertThat(server.awaitDeparture()).isTrue();
    assertThat(after.failure().kind()).isEqualTo(Kind.PROVIDER_LEFT);
    assertThat(server.received()).hasSize(1);
  }

  // What nobody else may see, and what everybody may.

  @Test
  void theServerGetsTheKeyAndNobodyElse() {
    server.answers(
        StubReply.error(401, dialect().error(401, "The key " + CANARY + " is wrong."))
            .with("request-id", CANARY));
    ModelProvider provider = patient();
    Heard heard = new Heard();
    provider.converse(Questions.first(), heard);

    heard.end();
    assertThat(server.received().get(0).headers().values())
        .anyMatch(value -> value.contains(CANARY));
    assertThat(server.received().get(0).line()).doesNotContain(CANARY);
    assertThat(server.received().get(0).body()).doesNotContain(CANARY);
    assertThat(List.of(heard.events(), provider.definition(), provider.health(), provider))
        .allSatisfy(told -> assertThat(told.toString()).doesNotContain(CANARY));
  }

  @Test
  void aKeyInTheMiddleOfAnErrorIsTakenOut() {
    Heard heard =
        ask(
            StubReply.stream(
                dialect().failsAfter("It was").replace("\"Overloaded\"", "\"" + CANARY + "\"")));

    assertThat(heard.end().toString()).doesNotContain(CANARY);
  }

  @Test
  void saysOnceAndForAllWhatItIs() {
    ModelProvider provider = patient();

    assertThat(provider.definition()).isEqualTo(patient().definition());
    assertThat(provider.definition().destination()).contains("127.0.0.1");
    assertThat(provider.definition().leavesTheHouse()).isFalse();
    assertThat(provider.definition().capabilities().tools()).isTrue();
  }

  @Test
  void tellsByWhatCameOfItHowItIs() {
    ModelProvider provider = patient();
    assertThat(provider.health().status()).isEqualTo(ComponentHealth.Status.UP);

    server.answers(StubReply.error(401, dialect().error(401, "secret detail")));
    Heard refused = new Heard();
    provider.converse(Questions.first(), refused);
    refused.end();
    assertThat(provider.health().status()).isEqualTo(ComponentHealth.Status.DOWN);
    assertThat(provider.health().detail()).doesNotContain("secret detail", "127.0.0.1");

    server.answers(StubReply.stream(dialect().says(List.of("Hello"))));
    Heard answered = new Heard();
    provider.converse(Questions.first(), answered);
    answered.end();
    assertThat(provider.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void everyNumberOfUsageMayBeMissing() {
    String body =
        dialect().says(List.of("Hello")).replaceAll("\"usage\":\\{[^}]*}", "\"usage\":null");

    Heard heard = ask(StubReply.stream(body));

    assertThat(heard.answer().text()).isEqualTo("Hello");
    assertThat(heard.answer().usage().output()).isNull();
    assertThat(heard.answer().usage().input()).isNull();
  }
}
