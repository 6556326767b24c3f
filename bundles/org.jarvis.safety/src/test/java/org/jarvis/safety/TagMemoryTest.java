package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagMemoryTest {
  private final FakeSettingStore store = new FakeSettingStore();
  private final FakeLiveState liveState = new FakeLiveState();
  private final Home home = new Home();

  @Test
  void remembersATaggedGuestAcrossARestart() {
    TagMemory before = new TagMemory();
    before.setStore(store);
    before.setLiveState(liveState);
    home.guests.set(0, Home.guest(101, "pve1", "web", TagMemory.TAG));
    liveState.show(home.snapshot());

    TagMemory after = new TagMemory();
    after.setStore(store);

    assertThat(after.holds(Home.guest(101, "pve1"))).isTrue();
    assertThat(after.holds(Home.guest(102, "pve2"))).isFalse();
  }

  @Test
  void seesWhatWasTaggedBeforeItCame() {
    home.guests.set(0, Home.guest(101, "pve1", TagMemory.TAG));
    liveState.show(home.snapshot());

    TagMemory memory = new TagMemory();
    memory.setLiveState(liveState);

    assertThat(memory.holds(Home.guest(101, "pve1"))).isTrue();
  }

  @Test
  void savesWhatItSawBeforeTheStoreCameAndKeepsWhatTheStoreHeld() {
    store.values.put(TagMemory.SETTING, "pve:home:guest:102");
    TagMemory memory = new TagMemory();
    memory.holds(Home.guest(101, "pve1", TagMemory.TAG));

    memory.setStore(store);

    assertThat(store.values.get(TagMemory.SETTING))
        .isEqualTo("pve:home:guest:101,pve:home:guest:102");
    assertThat(memory.ignorance()).isEmpty();
  }

  @Test
  void doesNotKnowThePastUntilTheStoreWasRead() {
    TagMemory memory = new TagMemory();
    assertThat(memory.ignorance()).isPresent();

    store.broken = true;
    memory.setStore(store);
    assertThat(memory.ignorance()).hasValue("the disk is full");

    store.broken = false;
    memory.setLiveState(liveState);
    assertThat(memory.ignorance()).isEmpty();
  }

  @Test
  void keepsWhatItKnowsWhileTheStoreIsAway() {
    store.values.put(TagMemory.SETTING, "pve:home:guest:102");
    TagMemory memory = new TagMemory();
    memory.setStore(store);
    memory.unsetStore(store);

    assertThat(memory.holds(Home.guest(102, "pve2"))).isTrue();
    assertThat(memory.ignorance()).isEmpty();
    assertThat(memory.trouble()).isPresent();
  }

  @Test
  void savesLaterWhatItCouldNotSaveAtOnce() {
    TagMemory memory = new TagMemory();
    memory.setStore(store);
    memory.setLiveState(liveState);
    home.guests.set(0, Home.guest(101, "pve1", TagMemory.TAG));

    store.broken = true;
    liveState.show(home.snapshot());
    assertThat(memory.trouble()).isPresent();
    assertThat(store.values).isEmpty();

    store.broken = false;
    liveState.show(home.snapshot());
    assertThat(memory.trouble()).isEmpty();
    assertThat(store.values).containsEntry(TagMemory.SETTING, "pve:home:guest:101");
  }

  @Test
  void neitherTrustsNorOverwritesAStoredValueThatCannotBeRead() {
    store.values.put(TagMemory.SETTING, "pve:home:guest:102,garbage");
    TagMemory memory = new TagMemory();
    memory.holds(Home.guest(101, "pve1", TagMemory.TAG));

    memory.setStore(store);

    assertThat(memory.ignorance()).isPresent();
    assertThat(store.values).containsEntry(TagMemory.SETTING, "pve:home:guest:102,garbage");
  }

  @Test
  void watchesOnlyThePresentLiveState() {
    TagMemory memory = new TagMemory();
    FakeLiveState next = new FakeLiveState();
    memory.setLiveState(liveState);
    memory.setLiveState(next);
    memory.unsetLiveState(liveState);

    assertThat(liveState.listeners).isEmpty();
    assertThat(next.listeners).hasSize(1);

    memory.stop();
    assertThat(next.listeners).isEmpty();
  }
}
