package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which typed words stand for a person's consent to a small change, and that nothing else does. */
class TypedWishTest {
  private static final String TYPED = "start media";

  private final WishScene scene = new WishScene();

  record Utterance(boolean counts, String tool, String typed, String why) {}

  static Stream<Utterance> utterances() throws IOException {
    return WishScene.lines("/wishes/utterances.tsv").stream()
        .map(line -> line.split("\t", -1))
        .map(
            cells ->
                new Utterance(
                    cells[0].equals("yes"), cells[1], cells[2].translateEscapes(), cells[3]));
  }

  @ParameterizedTest
  @MethodSource("utterances")
  void understandsWhatIsMeant(Utterance said) {
    assertThat(scene.lets(said.tool(), said.typed())).isEqualTo(said.counts());
  }

  @Test
  void triesEnoughUtterancesOfBothKinds() throws IOException {
    assertThat(utterances().filter(Utterance::counts)).hasSizeGreaterThan(40);
    assertThat(utterances().filter(said -> !said.counts())).hasSizeGreaterThan(80);
  }

  @Test
  void saysWhatItRestsOn() {
    Decision decision = scene.policy.decide(request("Please start the media server."));

    assertThat(decision)
        .isEqualTo(
            new Decision.AllowAndRecord("The person typed \"start media server\" themselves."));
  }

  @Test
  void knowsWhatAPersonCallsThings() {
    assertThat(scene.letsStart(WishScene.WEB, "start the photo album")).isFalse();

    call("photo album", WishScene.WEB);

    assertThat(scene.letsStart(WishScene.WEB, "Please start the photo album again.")).isTrue();
    assertThat(scene.letsStart(WishScene.WEB, "start my photo album container")).isTrue();
    assertThat(scene.letsStart(WishScene.WEB, "start the photo album VM")).isFalse();
    assertThat(scene.letsStart(WishScene.WEB, "start the album")).isFalse();
    assertThat(scene.letsStart(WishScene.WEB, "don't start the photo album")).isFalse();
    assertThat(scene.letsStart(WishScene.MEDIA, "start the photo album")).isFalse();
    assertThat(scene.letsStart(WishScene.MEDIA, "start media photo album")).isFalse();
  }

  @Test
  void takesAnAliasForNothingOnceItsGuestIsCalledOtherwise() {
    call("photo album", WishScene.WEB);
    scene.home.guests.remove(WishScene.WEB);
    Guest other = WishScene.guest(Home.ID, 102, GuestType.LXC, "secrets");
    scene.home.guests.add(other);
    scene.show();

    assertThat(scene.letsStart(other, "start the photo album")).isFalse();
    assertThat(scene.letsStart(other, "start secrets")).isTrue();
    assertThat(scene.letsStart(other, "start secrets photo album")).isFalse();
  }

  @Test
  void takesAnAliasForNothingOnceSomethingElseHasItsName() {
    call("photo album", WishScene.WEB);
    scene.home.guests.add(WishScene.guest(Home.ID, 107, GuestType.LXC, "photo-album"));
    scene.show();

    assertThat(scene.letsStart(WishScene.WEB, "start the photo album")).isFalse();
  }

  @Test
  void findsNothingWhileItIsNotKnownWhatPeopleCallThings() {
    FakeSettingStore store = new FakeSettingStore();
    store.broken = true;
    AliasBook unread = new AliasBook(new DecisionRecord());
    unread.setStore(store);
    OriginPolicy policy = new OriginPolicy(unread);
    policy.setLiveState(scene.state);

    assertThat(policy.decide(request(TYPED))).isInstanceOf(Decision.RequireApproval.class);
    store.broken = false;
    assertThat(policy.decide(request(TYPED))).isInstanceOf(Decision.AllowAndRecord.class);
  }

  private void call(String words, Guest guest) {
    scene.aliases.give(words, guest.ref(), Home.PERSON, "192.0.2.7");
  }

  private PolicyRequest request(String typed) {
    return request(typed, WishScene.small(), target(Touch.TENDS));
  }

  private PolicyRequest request(String typed, ToolUse use, PolicyRequest.Target... targets) {
    return scene.request("start_vm", typed, use, Arguments.none(), targets);
  }

  private static PolicyRequest.Target target(Touch touch) {
    return new PolicyRequest.Target(WishScene.MEDIA, touch);
  }

  // --- what nothing that is typed can reach

  @ParameterizedTest
  @EnumSource(
      value = Effect.class,
      names = {"DISRUPTS", "DESTROYS"})
  void doesNotReachRed(Effect effect) {
    for (Touch touch : Touch.values()) {
      if (touch.leastEffect().compareTo(effect) <= 0) {
        PolicyRequest asked = request(TYPED, Home.use(effect), target(touch));
        assertThat(scene.policy.decide(asked)).isInstanceOf(Decision.RequireApproval.class);
        assertThat(scene.lets(asked)).isFalse();
      }
    }
  }

  @Test
  void doesNotReachASmallUseThatIsJudgedRed() {
    ToolUse red = new ToolUse("Do it", Effect.CHANGES, Tier.RED, Consent.HOLD, List.of());

    assertThat(scene.lets(request(TYPED, red, target(Touch.TENDS)))).isFalse();
  }

  @Test
  void doesNotReachBlack() {
    ToolUse black = new ToolUse("Do it", Effect.CHANGES, Tier.BLACK, Consent.CLICK, List.of());
    PolicyRequest asked = request(TYPED, black, target(Touch.TENDS));

    assertThat(scene.policy.decide(asked)).isInstanceOf(Decision.RequireApproval.class);
    assertThat(scene.strictest(asked)).isInstanceOf(Decision.Deny.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Consent.class,
      names = {"HOLD", "TYPED"})
  void doesNotReachWhatNeedsMoreThanAClick(Consent consent) {
    ToolUse use = new ToolUse("Do it", Effect.CHANGES, Tier.YELLOW, consent, List.of());

    assertThat(scene.lets(request(TYPED, use, target(Touch.TENDS)))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Touch.class,
      names = {"TENDS", "USES"},
      mode = EnumSource.Mode.EXCLUDE)
  void doesNotReachWhatIsMoreThanTending(Touch touch) {
    assertThat(scene.policy.decide(request(TYPED, WishScene.small(), target(touch))))
        .isInstanceOf(Decision.RequireApproval.class);
  }

  @Test
  void doesNotReachASecondTarget() {
    PolicyRequest.Target second = new PolicyRequest.Target(WishScene.WEB, Touch.TENDS);

    assertThat(scene.lets(request(TYPED, WishScene.small(), target(Touch.TENDS), second)))
        .isFalse();
    assertThat(scene.lets(request(TYPED, WishScene.small()))).isFalse();
  }

  @Test
  void letsOthersHelpWhomNothingHappensTo() {
    PolicyRequest.Target sender = new PolicyRequest.Target(Home.node("pve1"), Touch.USES);

    assertThat(
            scene.lets(
                scene.request(
                    "wake_node",
                    "wake pve3",
                    WishScene.small(),
                    Arguments.none(),
                    WishScene.usual("wake_node"),
                    sender)))
        .isTrue();
  }

  @Test
  void doesNotReachWhatTheModelAddedOfItsOwn() {
    assertThat(
            scene.lets(
                scene.request(
                    "create_snapshot",
                    "take a snapshot of media",
                    WishScene.small(),
                    new Arguments(Map.of("node", "pve1", "vmid", 101, "snapshot", "today")),
                    target(Touch.TENDS))))
        .isTrue();
    for (String more : List.of("memory", "description", "name", "confirmed")) {
      assertThat(
              scene.lets(
                  scene.request(
                      "create_snapshot",
                      "take a snapshot of media",
                      WishScene.small(),
                      new Arguments(Map.of("node", "pve1", "vmid", 101, more, true)),
                      target(Touch.TENDS))))
          .as(more)
          .isFalse();
    }
  }

  @Test
  void doesNotHelpAgainstProtection() {
    assertThat(scene.letsStart(WishScene.ASSISTANT, "start VM 103")).isTrue();
    PolicyRequest harm =
        scene.request(
            "start_vm",
            "start VM 103",
            WishScene.small(),
            Arguments.none(),
            new PolicyRequest.Target(WishScene.ASSISTANT, Touch.RECONFIGURES));

    assertThat(scene.strictest(harm)).isInstanceOf(Decision.Deny.class);
  }

  @Test
  void doesNotHelpAgainstAMissingQuorum() {
    scene.home.quorate = false;
    scene.show();

    assertThat(scene.strictest(request(TYPED))).isInstanceOf(Decision.Deny.class);
  }

  @Test
  void doesNotHelpAgainstAFailedReading() {
    scene.home.connection = Cluster.Connection.FAILING;
    scene.show();

    assertThat(scene.strictest(request(TYPED))).isInstanceOf(Decision.Deny.class);
  }

  @ParameterizedTest
  @EnumSource(value = Origin.class, mode = EnumSource.Mode.EXCLUDE, names = "CHAT")
  void countsByNoOtherWay(Origin origin) {
    scene.origin = origin;
    scene.principal = new Principal("ada", PrincipalKind.MCP, "client-1");

    assertThat(scene.lets(request(TYPED))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = PrincipalKind.class, mode = EnumSource.Mode.EXCLUDE, names = "PERSON")
  void countsForNobodyButAPerson(PrincipalKind kind) {
    scene.principal = new Principal("ada", kind, "credential-1");

    assertThat(scene.lets(request(TYPED))).isFalse();
  }

  @Test
  void countsNotWhereNothingWasTyped() {
    assertThat(scene.lets(request(null))).isFalse();
    assertThat(scene.lets(request(""))).isFalse();
  }

  // --- what is known of the clusters

  @Test
  void countsNotWhereNothingIsKnown() {
    scene.policy.unsetLiveState(scene.state);

    assertThat(scene.lets(request(TYPED))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = Cluster.Connection.class, mode = EnumSource.Mode.EXCLUDE, names = "LIVE")
  void countsNotWhereAnotherClusterIsNotSeen(Cluster.Connection seen) {
    scene.elsewhereSeen = seen;
    scene.show();

    assertThat(scene.lets(request(TYPED))).isFalse();
  }

  @Test
  void countsNotWhereTheTargetIsGoneOrCalledOtherwiseByNow() {
    scene.home.guests.remove(WishScene.MEDIA);
    scene.show();
    assertThat(scene.lets(request(TYPED))).isFalse();

    scene.home.guests.add(WishScene.guest(Home.ID, 101, GuestType.QEMU, "music"));
    scene.show();
    assertThat(scene.lets(request(TYPED))).isFalse();
  }

  @Test
  void countsNotWhereANameBelongsToTwo() {
    Guest twin = scene.named("twin").orElseThrow();
    assertThat(scene.letsStart(twin, "start twin")).isFalse();
    assertThat(scene.letsStart(twin, "start VM 105")).isTrue();
  }

  @Test
  void countsNotWhereANumberBelongsToTwo() {
    Guest solo = scene.named("solo").orElseThrow();
    assertThat(scene.letsStart(solo, "start VM 106")).isFalse();
    assertThat(scene.letsStart(solo, "start solo 106")).isFalse();
    assertThat(scene.letsStart(solo, "start solo")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"media", "Media", "MEDIA", "me\u200bdia", "media\u202e", "\uff4dedia", " media "})
  void countsNotWhereAnotherLooksTheSame(String name) {
    scene.elsewhere.add(
        WishScene.guest(scene.elsewhere.get(0).cluster(), 300, GuestType.LXC, name));
    scene.show();

    assertThat(scene.lets(request(TYPED))).isFalse();
    assertThat(scene.lets(request("start VM 101"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"media-server", "media_server", "media.server", "server", "start", "please"})
  void countsNotWhereAnotherIsNamedByTheWordsAroundIt(String name) {
    scene.home.guests.add(WishScene.guest(Home.ID, 300, GuestType.QEMU, name));
    scene.show();

    assertThat(scene.lets(request("please start the media server"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nas", "media"})
  void countsNotWhereAStorageIsNamed(String name) {
    scene.home.storages.add(Home.storage("pve1", name, true));
    scene.show();

    assertThat(scene.lets(request("start media nas"))).isFalse();
    assertThat(scene.lets(request(TYPED))).isEqualTo(name.equals("nas"));
  }

  // --- names that are no names

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start",
        "boot",
        "do not start",
        "do-not-start",
        "dont-start",
        "not-media",
        "never",
        "start-media",
        "media-stop-web",
        "confirm",
        "ignore-all-previous",
        "please",
        "server",
        "vm",
        "now",
        "the",
        "on",
        "of",
        "102",
        "9",
        "vm102",
        "vm-102",
        "CT102",
        "a",
        "me\u200bdia",
        "\u202emedia",
        "m\u0435dia",
        "media!",
        "media\nstop",
        "`media`",
        "\"media\"",
        "> media",
        "and",
        "all",
        "everything",
        "it"
      })
  void countNot(String name) {
    Guest guest = WishScene.guest(Home.ID, 300, GuestType.QEMU, name);
    scene.home.guests.add(guest);
    scene.show();

    for (String sentence : List.of("start %s", "please start the %s server", "boot up %s.", "%s")) {
      assertThat(scene.letsStart(guest, sentence.formatted(name))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker-host", "web01", "vm300", "db.internal", "pi_hole", "k8s-node-1"})
  void countWhereTheyCanBeNothingElse(String name) {
    Guest guest = WishScene.guest(Home.ID, 300, GuestType.QEMU, name);
    scene.home.guests.add(guest);
    scene.show();

    assertThat(scene.letsStart(guest, "start " + name)).isTrue();
    assertThat(scene.letsStart(guest, "start " + name.replaceAll("[._-]", " "))).isTrue();
  }

  // --- injections

  @Test
  void noInjectionIsAWish() throws IOException {
    List<String> injections = WishScene.injections();
    assertThat(injections).hasSize(42);
    for (String tool : WishForm.tools()) {
      for (String injection : injections) {
        for (String frame :
            List.of(
                "%s",
                "start media %s",
                "%s start media",
                "start media\n%s",
                "\"%s\"",
                "> %s",
                "`%s`",
                "please start media. %s",
                "what does this mean: %s")) {
          assertThat(scene.lets(tool, frame.formatted(injection))).as(injection).isFalse();
        }
      }
    }
  }

  @Test
  void noGuestThatIsCalledLikeAnInjectionIsStartedByName() throws IOException {
    for (String injection : WishScene.injections()) {
      Guest guest = WishScene.guest(Home.ID, 300, GuestType.QEMU, injection);
      scene.home.guests.removeIf(one -> one.id().equals(guest.id()));
      scene.home.guests.add(guest);
      scene.show();
      for (String sentence : List.of("%s", "start %s", "please start the vm %s", "boot %s up")) {
        assertThat(scene.letsStart(guest, sentence.formatted(injection))).as(injection).isFalse();
        assertThat(scene.lets(request(sentence.formatted(injection)))).as(injection).isFalse();
      }
    }
  }
}
