package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Whereabouts;
import org.junit.jupiter.api.Test;

class ProtectionRegisterTest {
  private final Home home = new Home();
  private final FakeLiveState liveState = new FakeLiveState();

  @Test
  void readsEntriesFromOneValueOrSeveral() {
    assertThat(
            ConfiguredProtection.read(new String[] {" pve:home:guest:101 , pve:home:node:pve1,"}))
        .isEqualTo(
            ConfiguredProtection.read(new String[] {"pve:home:node:pve1", "pve:home:guest:101"}));
  }

  @Test
  void saysWhatIsProtectedOnTheScreen() {
    home.whereabouts = new Whereabouts.InGuest(new GuestId(103));
    liveState.show(home.snapshot());
    ProtectionRegister register = Registers.with("pve:home:guest:101");
    register.setLiveState(liveState);

    assertThat(register.protection(Home.guest(101, "pve1"))).isPresent();
    assertThat(register.protection(Home.guest(103, "pve1"))).hasValue("Jarvis itself runs in it");
    assertThat(register.protection(Home.guest(102, "pve2", TagMemory.TAG))).isPresent();
    assertThat(register.protection(Home.guest(104, "pve2"))).isEmpty();
  }

  @Test
  void answersWithoutLiveStateFromConfigurationAndTags() {
    ProtectionRegister register = Registers.with("pve:home:guest:101");

    assertThat(register.protection(Home.guest(101, "pve1"))).isPresent();
    assertThat(register.protection(Home.guest(102, "pve2"))).isEmpty();
  }

  @Test
  void isWellWhenAllIsKnown() {
    assertThat(Registers.with("pve:home:guest:101").health().status())
        .isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void tellsOfUnreadableEntriesWithoutShowingThem() {
    ComponentHealth health = Registers.with("my secret server").health();

    assertThat(health.status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(health.detail())
        .contains("protected.resources in etc/org.jarvis.safety.cfg")
        .doesNotContain("my secret server");
  }

  @Test
  void tellsOfMissingStorage() {
    assertThat(Registers.with(new TagMemory()).health().status())
        .isEqualTo(ComponentHealth.Status.DEGRADED);
  }
}
