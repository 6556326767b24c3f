package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;

/** No company that a protected guest is in changes what may be done to it. */
class ProtectionPropertiesTest {
  /** By which way guest 101, on node pve1, is protected. */
  enum Way {
    CONFIGURATION,
    CLUSTER,
    TAG,
    FORMER_TAG,
    HOME
  }

  @Property
  void noCombinationThatHarmsAProtectedGuestIsAllowed(
      @ForAll("companies") List<PolicyRequest.Target> company,
      @ForAll("harms") Touch touch,
      @ForAll("writes") Effect effect,
      @ForAll Way way,
      @ForAll Random order) {
    Home home = new Home();
    ProtectionPolicy policy = protecting(home, way);
    Guest media = home.guests.get(0);

    assertThat(
            policy.decide(
                request(home, effect, company, order, new PolicyRequest.Target(media, touch))))
        .isInstanceOf(Decision.Deny.class);
  }

  @Property
  void norOneThatTakesDownItsNodeOrTouchesItsStorageOrTheWholeCluster(
      @ForAll("companies") List<PolicyRequest.Target> company,
      @ForAll("harms") Touch touch,
      @ForAll("writes") Effect effect,
      @ForAll Way way,
      @ForAll Random order) {
    Home home = new Home();
    ProtectionPolicy policy = protecting(home, way);

    for (Resource needed :
        List.of(
            Home.node("pve1"),
            home.cluster(),
            Home.storage("pve1", "local", false),
            Home.storage("pve2", "nas", true))) {
      if (touch.takesDown() || needed instanceof Storage) {
        assertThat(
                policy.decide(
                    request(home, effect, company, order, new PolicyRequest.Target(needed, touch))))
            .as(needed.ref().toString())
            .isInstanceOf(Decision.Deny.class);
      }
    }
  }

  @Property
  void whatHarmsOnlyOthersIsNotItsBusiness(
      @ForAll("companies") List<PolicyRequest.Target> company,
      @ForAll("gentle") Touch touch,
      @ForAll Way way,
      @ForAll Random order) {
    Home home = new Home();
    ProtectionPolicy policy = protecting(home, way == Way.CLUSTER ? Way.CONFIGURATION : way);
    Guest media = home.guests.get(0);

    assertThat(
            policy.decide(
                request(
                    home, Effect.DESTROYS, company, order, new PolicyRequest.Target(media, touch))))
        .isInstanceOf(Decision.Allow.class);
  }

  private static ProtectionPolicy protecting(Home home, Way way) {
    TagMemory memory = new TagMemory();
    memory.setStore(new FakeSettingStore());
    Guest tagged = Home.guest(101, "pve1", TagMemory.TAG);
    String[] entries = new String[0];
    switch (way) {
      case CONFIGURATION -> entries = new String[] {"pve:home:guest:101"};
      case CLUSTER -> entries = new String[] {"pve:home:cluster"};
      case TAG -> home.guests.set(0, tagged);
      case FORMER_TAG -> assertThat(memory.holds(tagged)).isTrue();
      case HOME -> home.whereabouts = new Whereabouts.InGuest(new GuestId(101));
    }
    return new ProtectionPolicy(Registers.with(memory, entries));
  }

  private static PolicyRequest request(
      Home home,
      Effect effect,
      List<PolicyRequest.Target> company,
      Random order,
      PolicyRequest.Target target) {
    List<PolicyRequest.Target> targets = new ArrayList<>(company);
    targets.add(order.nextInt(targets.size() + 1), target);
    return home.touches(effect, targets.toArray(PolicyRequest.Target[]::new));
  }

  /** Others of the same cluster, none of which guest 101 needs. */
  @Provide
  Arbitrary<List<PolicyRequest.Target>> companies() {
    Arbitrary<Resource> others =
        Arbitraries.of(
            Home.guest(102, "pve2"), Home.guest(103, "pve1"), Home.node("pve2"), Home.node("pve3"));
    return Combinators.combine(
            others, Arbitraries.of(Touch.class), Arbitraries.of("docker", "ssh").injectNull(0.7))
        .as(
            (resource, touch, part) ->
                new PolicyRequest.Target(resource, touch, resource instanceof Node ? part : null))
        .list()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<Touch> harms() {
    return Arbitraries.of(Touch.RECONFIGURES, Touch.INTERRUPTS, Touch.TAKES_DOWN, Touch.REMOVES);
  }

  @Provide
  Arbitrary<Touch> gentle() {
    return Arbitraries.of(Touch.USES, Touch.TENDS);
  }

  @Provide
  Arbitrary<Effect> writes() {
    return Arbitraries.of(Effect.CHANGES, Effect.DISRUPTS, Effect.DESTROYS);
  }
}
