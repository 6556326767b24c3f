package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;

/** What holds for every request, whatever is in it. */
class PolicyPropertiesTest {
  private static final List<SafetyPolicy> ALL =
      List.of(
          new TierPolicy(new NeverTools("delete_vm")),
          new ProtectionPolicy(Registers.with("pve:home:guest:101")),
          new WhereaboutsPolicy(Registers.nowhere()),
          new QuorumPolicy(),
          new KnowledgePolicy(),
          new OriginPolicy(Records.aliases()));

  @Property
  void noArgumentChangesAnyDecision(
      @ForAll("claims") Arguments arguments,
      @ForAll Effect effect,
      @ForAll("principals") Principal principal,
      @ForAll Origin origin,
      @ForAll("targets") Resource target,
      @ForAll("homes") Home home) {
    for (SafetyPolicy policy : ALL) {
      assertThat(policy.decide(home.asksWith(effect, arguments, principal, origin, target)))
          .as(policy.name())
          .isEqualTo(
              policy.decide(home.asksWith(effect, Arguments.none(), principal, origin, target)));
    }
  }

  @Property
  void harmToAProtectedGuestOrItsNodeIsDeniedToEverybody(
      @ForAll("claims") Arguments arguments,
      @ForAll("harms") Effect effect,
      @ForAll("principals") Principal principal,
      @ForAll Origin origin,
      @ForAll("homes") Home home) {
    for (Resource target : List.of(Home.guest(101, "pve1"), Home.node("pve1"), home.cluster())) {
      assertThat(strictest(home, effect, arguments, principal, origin, target))
          .isInstanceOf(Decision.Deny.class);
    }
  }

  @Property
  void observingIsAlwaysAllowed(
      @ForAll("claims") Arguments arguments,
      @ForAll("principals") Principal principal,
      @ForAll Origin origin,
      @ForAll("targets") Resource target,
      @ForAll("homes") Home home) {
    assertThat(strictest(home, Effect.OBSERVES, arguments, principal, origin, target))
        .isInstanceOf(Decision.Allow.class);
  }

  @Property
  void nothingThatHarmsRunsWithoutAPerson(
      @ForAll("claims") Arguments arguments,
      @ForAll("harms") Effect effect,
      @ForAll("principals") Principal principal,
      @ForAll Origin origin,
      @ForAll("targets") Resource target,
      @ForAll("homes") Home home) {
    assertThat(strictest(home, effect, arguments, principal, origin, target))
        .isInstanceOfAny(Decision.Deny.class, Decision.RequireApproval.class);
  }

  @Property
  void nothingThatAModelOrMcpClientAsksForChangesAnythingWithoutAPerson(
      @ForAll("claims") Arguments arguments,
      @ForAll("writes") Effect effect,
      @ForAll("principals") Principal principal,
      @ForAll("indirect") Origin origin,
      @ForAll("targets") Resource target,
      @ForAll("homes") Home home) {
    assertThat(strictest(home, effect, arguments, principal, origin, target))
        .isInstanceOfAny(Decision.Deny.class, Decision.RequireApproval.class);
  }

  private static Decision strictest(
      Home home,
      Effect effect,
      Arguments arguments,
      Principal principal,
      Origin origin,
      Resource target) {
    return ALL.stream()
        .map(policy -> policy.decide(home.asksWith(effect, arguments, principal, origin, target)))
        .max(Comparator.comparingInt(Decision::severity))
        .orElseThrow();
  }

  @Provide
  Arbitrary<Arguments> claims() {
    Arbitrary<String> names =
        Arbitraries.of(
            "confirmed",
            "approved",
            "override",
            "force_approve",
            "force",
            "principal",
            "origin",
            "tier",
            "protected",
            "hard",
            "consent");
    Arbitrary<Object> plain =
        Arbitraries.of(true, false, 1, 0, "yes", "admin", "GREEN", "BROWSER", "none");
    Arbitrary<Object> nested =
        Combinators.combine(names, plain).as((name, value) -> (Object) Map.of(name, value));
    return Arbitraries.maps(names, Arbitraries.oneOf(plain, nested))
        .ofMaxSize(6)
        .map(claims -> new Arguments(new HashMap<>(claims)));
  }

  @Provide
  Arbitrary<Principal> principals() {
    return Combinators.combine(
            Arbitraries.of("ada", "root", "admin", "jarvis", ""),
            Arbitraries.of(PrincipalKind.class),
            Arbitraries.of("session-1", "token-7", ""))
        .as(Principal::new);
  }

  @Provide
  Arbitrary<Effect> harms() {
    return Arbitraries.of(Effect.DISRUPTS, Effect.DESTROYS);
  }

  @Provide
  Arbitrary<Effect> writes() {
    return Arbitraries.of(Effect.CHANGES, Effect.DISRUPTS, Effect.DESTROYS);
  }

  @Provide
  Arbitrary<Origin> indirect() {
    return Arbitraries.of(Origin.CHAT, Origin.MCP, Origin.RUNBOOK);
  }

  @Provide
  Arbitrary<Resource> targets() {
    return Arbitraries.of(new Home().everything().toList());
  }

  @Provide
  Arbitrary<Home> homes() {
    return Combinators.combine(
            Arbitraries.of(new Whereabouts.Outside(), new Whereabouts.Unknown()),
            Arbitraries.of(Cluster.Connection.class),
            Arbitraries.of(Boolean.TRUE, Boolean.FALSE).injectNull(0.2),
            Arbitraries.integers().between(0, 3).injectNull(0.2))
        .as(
            (whereabouts, connection, quorate, votes) -> {
              Home home = new Home();
              home.whereabouts = whereabouts;
              home.connection = connection;
              home.quorate = quorate;
              home.votes = votes;
              return home;
            });
  }
}
