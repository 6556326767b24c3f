package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Aliases.Alias;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliasBookTest {
  private static final String ADDRESS = "192.0.2.7";

  private final WishScene scene = new WishScene();
  private final FakeSettingStore store = new FakeSettingStore();
  private final FakeAuditLog audit = new FakeAuditLog();
  private final DecisionRecord journal = new DecisionRecord();
  private final AliasBook book = new AliasBook(journal);

  @BeforeEach
  void fill() {
    journal.setAudit(audit);
    book.setStore(store);
    book.setLiveState(scene.state);
  }

  private Alias give(String words) {
    return book.give(words, WishScene.WEB.ref(), Home.PERSON, ADDRESS);
  }

  private static void assertRefused(Runnable wish, ErrorCode code) {
    assertThatThrownBy(wish::run)
        .isInstanceOfSatisfying(
            JarvisException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void keepsWhatWasGivenAndWritesItDown() {
    assertThat(give("  The Photo \t Album ").words()).isEqualTo("photo album");
    give("pictures");

    AliasBook later = new AliasBook(journal);
    later.setStore(store);
    assertThat(later.all())
        .containsExactly(
            new Alias("photo album", WishScene.WEB.ref(), "web"),
            new Alias("pictures", WishScene.WEB.ref(), "web"));
    assertThat(audit.entries.get(0).activity()).isEqualTo("alias.given");
    assertThat(audit.entries.get(0).subject()).isEqualTo(WishScene.WEB.ref().toString());
    assertThat(audit.entries.get(0).detail()).isEqualTo("{\"alias\":\"photo album\"}");
  }

  @Test
  void keepsTheNameOfAResourceWhateverItIs() {
    scene.home.guests.add(WishScene.guest(Home.ID, 107, GuestType.QEMU, "a\tb\nc%"));
    scene.show();
    ResourceRef odd = scene.named("a\tb\nc%").orElseThrow().ref();
    book.give("odd one", odd, Home.PERSON, ADDRESS);

    AliasBook later = new AliasBook(journal);
    later.setStore(store);
    assertThat(later.all()).containsExactly(new Alias("odd one", odd, "a\tb\nc%"));
  }

  @Test
  void movesAndTakesAway() {
    give("pictures");
    book.give("pictures", WishScene.MEDIA.ref(), Home.PERSON, ADDRESS);
    assertThat(book.all()).containsExactly(new Alias("pictures", WishScene.MEDIA.ref(), "media"));

    book.takeAway("Pictures", Home.PERSON, ADDRESS);
    assertThat(book.all()).isEmpty();
    assertThat(audit.entries).extracting("activity").endsWith("alias.taken");
    assertRefused(() -> book.takeAway("pictures", Home.PERSON, ADDRESS), ErrorCode.NOT_FOUND);
  }

  @ParameterizedTest
  @EnumSource(
      value = PrincipalKind.class,
      names = {"PERSON"},
      mode = EnumSource.Mode.EXCLUDE)
  void takesThemOfPeopleAlone(PrincipalKind kind) {
    give("pictures");
    Principal other = new Principal("ada", kind, "x");
    assertRefused(
        () -> book.give("album", WishScene.WEB.ref(), other, ADDRESS), ErrorCode.PERSON_REQUIRED);
    assertRefused(() -> book.takeAway("pictures", other, ADDRESS), ErrorCode.PERSON_REQUIRED);
    assertThat(book.all()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "the",
        "server",
        "please",
        "now again",
        "stop it",
        "start web",
        "never",
        "103",
        "vm 103",
        "vm102",
        "old ct7",
        "web 2",
        "media-server",
        "one two three four",
        "wéb",
        "a\u200bb",
        "w\u0435b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void refusesWordsThatMeanSomethingElseOrCannotBeTyped(String words) {
    assertRefused(() -> give(words), ErrorCode.INVALID_INPUT);
    assertThat(book.all()).isEmpty();
  }

  @Test
  void refusesWordsThatNameSomethingElse() {
    give("photo album");
    for (String words : new String[] {"media", "media server", "home assistant", "twin", "pve2"}) {
      assertRefused(() -> give(words), ErrorCode.CONFLICT);
    }
    assertRefused(
        () -> book.give("album", WishScene.MEDIA.ref(), Home.PERSON, ADDRESS), ErrorCode.CONFLICT);
    assertRefused(
        () -> book.give("old photo album", WishScene.MEDIA.ref(), Home.PERSON, ADDRESS),
        ErrorCode.CONFLICT);
  }

  @Test
  void refusesWhatIsNotThereAndWhatIsNeitherGuestNorNode() {
    assertRefused(
        () ->
            book.give(
                "ghost",
                ResourceRef.parse("pve:home:guest:999").orElseThrow(),
                Home.PERSON,
                ADDRESS),
        ErrorCode.NOT_FOUND);
    assertRefused(
        () -> book.give("house", ResourceRef.cluster(Home.ID), Home.PERSON, ADDRESS),
        ErrorCode.INVALID_INPUT);
  }

  @Test
  void changesNothingThatCannotBeWrittenDown() {
    audit.broken = true;
    assertRefused(() -> give("pictures"), ErrorCode.STORAGE_UNAVAILABLE);
    audit.broken = false;
    store.broken = true;
    assertRefused(() -> give("pictures"), ErrorCode.STORAGE_UNAVAILABLE);
    store.broken = false;
    assertThat(book.all()).isEmpty();
    book.unsetStore(store);
    assertRefused(() -> give("pictures"), ErrorCode.STORAGE_UNAVAILABLE);
  }

  @Test
  void hasNoneWhereTheyCannotBeReadUntilTheyCan() {
    give("pictures");
    AliasBook later = new AliasBook(journal);
    store.broken = true;
    later.setStore(store);
    assertThat(later.all()).isEmpty();
    assertThat(later.known()).isEmpty();
    store.broken = false;
    assertThat(later.known().orElseThrow()).hasSize(1);
    assertThat(later.all()).hasSize(1);
  }

  @Test
  void doesNotTakeADamagedSettingForNone() {
    store.values.put(AliasBook.SETTING, "pictures\tnothing\tweb");
    AliasBook damaged = new AliasBook(journal);
    damaged.setStore(store);
    damaged.setLiveState(scene.state);

    assertThat(damaged.known()).isEmpty();
    assertRefused(
        () -> damaged.give("album", WishScene.WEB.ref(), Home.PERSON, ADDRESS),
        ErrorCode.STORAGE_UNAVAILABLE);
    assertThat(store.values.get(AliasBook.SETTING)).startsWith("pictures");
  }

  @Test
  void hasAnEnd() {
    for (int i = 0; i < AliasBook.MOST; i++) {
      give("album" + i);
    }
    assertRefused(() -> give("one more"), ErrorCode.CONFLICT);
    give("album7");
  }
}
