package org.jarvis.core.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.jarvis.core.terminal.TerminalHouse.ADA;
import static org.jarvis.core.terminal.TerminalHouse.eventually;
import static org.jarvis.core.terminal.TerminalHouse.session;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.TerminalView;
import org.jarvis.api.host.TerminalView.News;
import org.jarvis.api.host.Terminals;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Tier;
import org.jarvis.core.state.House;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PersonTerminalsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
  private static final int MOST = 64 * 1024;
  private final Path data;
  private final TerminalHouse house;

  PersonTerminalsTest(@TempDir Path data) {
    this.data = data;
    this.house =
        new TerminalHouse(
            data,
            House.guest(NOW, 101, Guest.Status.RUNNING),
            container(102),
            House.guest(NOW, 103, Guest.Status.STOPPED));
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static Guest container(int id) {
    Guest vm = House.guest(NOW, id, Guest.Status.RUNNING);
    return new Guest(
        vm.cluster(),
        vm.id(),
        GuestType.LXC,
        "$(reboot)",
        vm.node(),
        vm.status(),
        false,
        vm.tags(),
        null,
        null,
        null,
        vm.cpu(),
        2,
        null,
        null,
        null,
        null,
        vm.observation());
  }

  private static ErrorCode code(ThrowingCallable call) {
    return catchThrowableOfType(JarvisException.class, call).code();
  }

  private static String id(Terminals.Opened opened) {
    return opened.terminal().orElseThrow().id();
  }

  private TerminalView attach(Terminals.Opened opened) {
    return attach(id(opened), opened.secret().orElseThrow(), -1);
  }

  private TerminalView attach(String id, Secret secret, long after) {
    return house.terminals.attach(id, secret, after, ADA, () -> {});
  }

  private static String output(TerminalView view) {
    StringBuilder text = new StringBuilder();
    News news = view.next(MOST);
    while (news instanceof News.Output output) {
      text.append(output.text());
      news = view.next(MOST);
    }
    return text.toString();
  }

  private static News.Ended end(TerminalView view) {
    News news = view.next(MOST);
    while (!(news instanceof News.Ended) && news != null) {
      news = view.next(MOST);
    }
    return (News.Ended) Objects.requireNonNull(news);
  }

  @Test
  void isOneRedActionThatRunsWhileItIsOpen() throws InterruptedException {
    Terminals.Opened opened = house.open();
    Action action = house.gate().find(opened.action().id()).orElseThrow();
    assertThat(action.state()).isEqualTo(ActionState.RUNNING);
    assertThat(action.phase()).isEqualTo("open");
    assertThat(action.tier()).isEqualTo(Tier.RED);
    assertThat(action.principal().name()).isEqualTo("ada");
    assertThat(Objects.requireNonNull(action.approval()).decidedBy()).isEqualTo("ada");

    TerminalView view = attach(opened);
    view.type("exit\n");
    eventually(() -> house.host.typed().equals("exit\n"));
    house.host.prints("bye\r\n");
    house.clock.advance(Duration.ofMinutes(5));
    house.host.output().ended(3, null);

    Action ended = house.ended(action.id());
    assertThat(ended.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(Objects.requireNonNull(ended.result()).summary()).contains("5 min", "status 3");
    assertThat(output(view)).isEqualTo("bye\r\n");
    assertThat(end(attachAgain(view)).exitStatus()).isEqualTo(3);
    String detail = house.audited("terminal.ended").get(0).detail();
    assertThat(detail)
        .contains(
            "\"host\":\"home/atlas\"", "\"person\":\"ada\"", "\"bytesIn\":5", "\"bytesOut\":5")
        .contains("\"start\":\"2026-11-22T19:00:00Z\"", "\"end\":\"2026-11-22T19:05:00Z\"");
  }

  private TerminalView attachAgain(TerminalView view) {
    return attach(view.terminal().id(), view.nextSecret(), -1);
  }

  @ParameterizedTest
  @EnumSource(
      value = PrincipalKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PERSON"})
  void isForPersonsAlone(PrincipalKind kind) {
    Terminals.Wish wish = new Terminals.Wish("home/atlas", null, 80, 24);
    Terminals.Opened opened = house.open();
    Principal other = new Principal("ada", kind, "session-1");
    List<ThrowingCallable> calls =
        List.of(
            () ->
                house.terminals.open(
                    wish,
                    TerminalHouse.authentication(kind, "ada", "session-1"),
                    FakeAccounts.RIGHT,
                    "::1"),
            () -> house.terminals.open(other),
            () -> house.terminals.close(id(opened), other),
            () ->
                house.terminals.attach(
                    id(opened), opened.secret().orElseThrow(), -1, other, () -> {}),
            () -> house.terminals.recordings(other),
            () -> house.terminals.recording("x", other));
    assertThat(calls)
        .allSatisfy(call -> assertThat(code(call)).isEqualTo(ErrorCode.PERSON_REQUIRED));
    assertThat(house.host.requests).hasSize(1);
  }

  @Test
  void asksForThePasswordAgain() {
    Terminals.Wish wish = new Terminals.Wish("home/atlas", null, 80, 24);
    assertThat(code(() -> house.terminals.open(wish, session("session-1"), null, "::1")))
        .isEqualTo(ErrorCode.INVALID_INPUT);
    Secret wrong = Secret.of("wrong");
    for (ErrorCode expected :
        List.of(
            ErrorCode.LOGIN_FAILED,
            ErrorCode.LOGIN_FAILED,
            ErrorCode.LOGIN_FAILED,
            ErrorCode.THROTTLED)) {
      assertThat(code(() -> house.terminals.open(wish, session("session-1"), wrong, "::1")))
          .isEqualTo(expected);
    }
    assertThat(house.host.requests).isEmpty();
    assertThat(house.gate().recent(10)).isEmpty();
  }

  @Test
  void asksForNoPasswordWhereThatIsSwitchedOff() {
    house.configuration.fill(
        new TerminalConfiguration(
            new TerminalRules(
                false, 2, 3, Duration.ofMinutes(30), false, 1 << 20, 1 << 20, Duration.ofDays(1))));
    Terminals.Wish wish = new Terminals.Wish("atlas", null, 80, 24);
    assertThat(house.terminals.open(wish, session("session-1"), null, "::1").terminal())
        .isPresent();
    assertThat(house.accounts.asked).isZero();
    assertThat(data.resolve("recordings")).doesNotExist();
  }

  @Test
  void isRefusedAndEndsWhileTheKillSwitchIsOn() throws InterruptedException {
    Terminals.Opened before = house.open();
    house.halt();
    Action cut = house.ended(before.action().id());
    assertThat(cut.state()).isEqualTo(ActionState.CANCELLED);
    assertThat(house.host.closed()).isPositive();

    Terminals.Opened refused = house.open();
    assertThat(refused.action().state()).isEqualTo(ActionState.REFUSED);
    assertThat(refused.terminal()).isEmpty();
    assertThat(Objects.requireNonNull(refused.action().failure()).message())
        .contains("kill switch");
    assertThat(house.host.requests).hasSize(1);
  }

  @Test
  void isNotOpenedWhereItCannotBeRecordedOrJudged() {
    house.obstacle = java.util.Optional.of("No rules.");
    assertThat(code(house::open)).isEqualTo(ErrorCode.PART_MISSING);
    house.obstacle = java.util.Optional.empty();
    house.journal.breakDown(true);
    assertThat(code(house::open)).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
    house.journal.breakDown(false);
    house.audit.empty(house.settings);
    assertThat(house.open().terminal()).isEmpty();
    house.configuration.empty(house.configuration.require());
    assertThat(code(house::open)).isEqualTo(ErrorCode.PART_MISSING);
    assertThat(house.host.requests).isEmpty();
  }

  @Test
  void tellsAFailedOpeningAsAFailedAction() {
    house.host.refusal = new JarvisException(ErrorCode.NOT_SENT, "The key is unknown.");
    Terminals.Opened opened = house.open();
    assertThat(opened.action().state()).isEqualTo(ActionState.FAILED);
    assertThat(Objects.requireNonNull(opened.action().failure()).message())
        .isEqualTo("The key is unknown.");
    assertThat(house.terminals.open(ADA)).isEmpty();
    assertThat(house.terminals.recordings(ADA)).isEmpty();
  }

  @Test
  void takesEachSecretOnceAndInItsSessionAlone() {
    Terminals.Opened opened = house.open();
    Secret first = opened.secret().orElseThrow();
    Principal elsewhere = new Principal("ada", PrincipalKind.PERSON, "session-2");
    assertThat(code(() -> house.terminals.attach(id(opened), first, -1, elsewhere, () -> {})))
        .isEqualTo(ErrorCode.NOT_FOUND);
    TerminalView view = attach(opened);
    assertThat(code(() -> attach(id(opened), first, -1))).isEqualTo(ErrorCode.REFUSED);
    assertThat(code(() -> attach(id(opened), Secret.of(""), -1))).isEqualTo(ErrorCode.REFUSED);

    TerminalView next = attach(id(opened), view.nextSecret(), -1);
    assertThat(view.next(MOST)).isInstanceOf(News.Replaced.class);
    view.type("from the former");
    next.type("from the next");
    assertThat(code(() -> attach(id(opened), view.nextSecret(), -1))).isEqualTo(ErrorCode.REFUSED);
  }

  @Test
  void tellsAgainWhatWasMissed() {
    Terminals.Opened opened = house.open();
    TerminalView view = attach(opened);
    house.host.prints("one ");
    News.Output one = (News.Output) Objects.requireNonNull(view.next(MOST));
    house.host.prints("two ");
    view.detach();
    house.host.prints("three");

    TerminalView again = attach(id(opened), view.nextSecret(), one.position());
    assertThat(again.position()).isEqualTo(one.position());
    assertThat(output(again)).isEqualTo("two three");
    TerminalView anew = attach(id(opened), again.nextSecret(), -1);
    assertThat(output(anew)).isEqualTo("one two three");
  }

  @Test
  void staysOpenForAMinuteWhileNobodyLooks() throws InterruptedException {
    Terminals.Opened opened = house.open();
    TerminalView view = attach(opened);
    view.detach();
    house.clock.advance(Duration.ofSeconds(59));
    TerminalView again = attach(id(opened), view.nextSecret(), 0);
    house.clock.advance(Duration.ofMinutes(10));
    assertThat(house.terminals.open(ADA)).hasSize(1);
    again.detach();
    house.clock.advance(Duration.ofSeconds(60));
    assertThat(house.ended(opened.action().id()).state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(house.host.closed()).isPositive();
  }

  @Test
  void endsWhenNothingIsTypedAndSaysSoBefore() throws InterruptedException {
    Terminals.Opened opened = house.open();
    TerminalView view = attach(opened);
    house.clock.advance(Duration.ofMinutes(29));
    News.IdleWarning warning = (News.IdleWarning) Objects.requireNonNull(view.next(MOST));
    assertThat(warning.endsAt()).isEqualTo(NOW.plus(Duration.ofMinutes(30)));
    assertThat(view.next(MOST)).isNull();
    view.stay();
    house.clock.advance(Duration.ofMinutes(29));
    assertThat(view.next(MOST)).isInstanceOf(News.IdleWarning.class);
    house.clock.advance(Duration.ofMinutes(1));
    house.ended(opened.action().id());
    assertThat(end(view).reason()).contains("30 minutes");
  }

  @Test
  void endsWithItsSession() throws InterruptedException {
    Terminals.Opened opened = house.open();
    house.terminals.sessionEnded("session-2");
    assertThat(house.terminals.open(ADA)).hasSize(1);
    house.terminals.sessionEnded("session-1");
    assertThat(house.ended(opened.action().id()).state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(house.terminals.open(ADA)).isEmpty();
  }

  @Test
  void endsWithASessionOfWhichNobodyTold() throws InterruptedException {
    Terminals.Opened opened = house.open();
    house.accounts.lasting.remove("session-1");
    assertThat(house.ended(opened.action().id()).state()).isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void endsAsItsActionIsCancelled() throws InterruptedException {
    Terminals.Opened opened = house.open();
    house.gate().cancel(opened.action().id(), ADA);
    assertThat(house.ended(opened.action().id()).state()).isEqualTo(ActionState.CANCELLED);
    assertThat(house.host.closed()).isPositive();
  }

  @Test
  void opensNoMoreThanAllowed() {
    house.open();
    house.open();
    assertThat(code(house::open)).isEqualTo(ErrorCode.CONFLICT);
    house.terminals.close(house.terminals.open(ADA).get(0).id(), ADA);
    assertThat(house.open().terminal()).isPresent();
  }

  @Test
  void entersGuestsThroughTheirNodeByNumberAlone() {
    house.open(guest(102));
    house.open(guest(101));
    assertThat(house.host.requests.get(0).program())
        .isEqualTo("/usr/bin/sudo -n /usr/sbin/pct enter 102");
    assertThat(house.host.requests.get(1).program())
        .isEqualTo("/usr/bin/sudo -n /usr/sbin/qm terminal 101");
    assertThat(code(() -> house.open(guest(103)))).isEqualTo(ErrorCode.NOT_RUNNING);
    assertThat(code(() -> house.open(guest(104)))).isEqualTo(ErrorCode.NOT_FOUND);
  }

  private static Terminals.Wish guest(int id) {
    return new Terminals.Wish(
        null, ResourceRef.guest(new ClusterId("home"), new GuestId(id)), 80, 24);
  }

  @Test
  void refusesWhatLeadsNowhere() {
    assertThat(code(() -> house.open(new Terminals.Wish("nowhere", null, 80, 24))))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(code(() -> house.open(new Terminals.Wish(null, null, 80, 24))))
        .isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(code(() -> house.open(new Terminals.Wish("atlas", null, 0, 24))))
        .isEqualTo(ErrorCode.INVALID_INPUT);
    ResourceRef cluster = ResourceRef.cluster(new ClusterId("home"));
    assertThat(code(() -> house.open(new Terminals.Wish(null, cluster, 80, 24))))
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }

  @Test
  void recordsWhatIsPrintedAndNotWhatIsTyped() throws Exception {
    Terminals.Opened opened = house.open();
    attach(opened).type("my secret password\n");
    house.host.prints("Password: ");
    house.host.output().ended(0, null);
    house.ended(opened.action().id());
    List<Terminals.Recording> kept = house.terminals.recordings(ADA);
    assertThat(kept).hasSize(1);
    String text =
        Files.readString(
            data.resolve("recordings").resolve(kept.get(0).id() + ".cast"), StandardCharsets.UTF_8);
    assertThat(text).contains("Password: ").doesNotContain("my secret");
  }

  @Test
  void recordsItsEndOnceThatIsPossible() throws InterruptedException {
    Terminals.Opened opened = house.open();
    house.journal.breakDown(true);
    house.host.output().ended(0, null);
    eventually(() -> house.terminals.open(ADA).isEmpty());
    house.journal.breakDown(false);
    assertThat(house.ended(opened.action().id()).state()).isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void slowsTheHostToThePaceOfWhoeverReads() throws Exception {
    Terminals.Opened opened = house.open();
    TerminalView view = attach(opened);
    byte[] chunk = "y\n".repeat(16 * 1024).getBytes(StandardCharsets.UTF_8);
    Thread flood =
        new Thread(
            () -> {
              for (int i = 0; i < 1000; i++) {
                house.host.prints(chunk);
              }
            });
    flood.start();
    long unread = 0;
    while (unread < OutputTape.WINDOW) {
      News news = view.next(MOST);
      unread += news instanceof News.Output output ? output.text().length() : 0;
    }
    assertThat(view.next(MOST)).as("nothing beyond the window").isNull();
    view.type("\u0003");
    eventually(() -> house.host.typed().equals("\u0003"));
    house.terminals.close(id(opened), ADA);
    flood.join(10_000);
    assertThat(flood.isAlive()).isFalse();
  }
}
