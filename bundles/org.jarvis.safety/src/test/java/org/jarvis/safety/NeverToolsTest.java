package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolUse;
import org.junit.jupiter.api.Test;

class NeverToolsTest {
  @Test
  void isBlackForEverybodyAndSaysWhereThatIsSet() {
    TierPolicy policy = new TierPolicy(new NeverTools("delete_vm, stop_vm"));

    assertThat(policy.decide(use("stop_vm", Effect.DISRUPTS)))
        .isInstanceOfSatisfying(
            Decision.Deny.class,
            denial ->
                assertThat(denial.reason())
                    .contains("stop_vm", "never.tools", "etc/org.jarvis.safety.cfg"));
    assertThat(policy.ban(definition("stop_vm"))).isPresent();
    assertThat(policy.ban(definition("start_vm"))).isEmpty();
    assertThat(policy.decide(use("reboot_vm", Effect.DISRUPTS)))
        .isInstanceOf(Decision.RequireApproval.class);
  }

  @Test
  void bansEvenWhatObserves() {
    TierPolicy policy = new TierPolicy(new NeverTools("get_vms"));

    assertThat(policy.decide(use("get_vms", Effect.OBSERVES))).isInstanceOf(Decision.Deny.class);
  }

  @Test
  void anEmptyListAllowsAll() {
    TierPolicy policy = new TierPolicy(new NeverTools(""));

    assertThat(policy.ban(definition("delete_vm"))).isEmpty();
    assertThat(policy.decide(use("delete_vm", Effect.DESTROYS)))
        .isInstanceOf(Decision.RequireApproval.class);
  }

  @Test
  void failsClosedWhileAnEntryCannotBeRead() {
    TierPolicy policy = new TierPolicy(new NeverTools("delete-everything", "stop_vm"));

    assertThat(policy.ban(definition("stop_vm"))).isPresent();
    assertThat(NeverTools.USUAL)
        .allSatisfy(name -> assertThat(policy.ban(definition(name))).isPresent());
    assertThat(policy.decide(use("rollback_vm", Effect.DESTROYS)))
        .isInstanceOfSatisfying(
            Decision.Deny.class,
            denial -> assertThat(denial.reason()).contains("'delete-everything'", "never.tools"));
    assertThat(policy.decide(use("start_vm", Effect.CHANGES)))
        .isInstanceOf(Decision.AllowAndRecord.class);
  }

  @Test
  void reportsNamesThatNoToolHasAndIsWellAllTheSame() {
    NeverTools never = new NeverTools("stop_vm", "no_such_tool");
    assertThat(never.health().detail()).doesNotContain("not there");

    never.setCatalogue(new OneTool());

    assertThat(never.health().status()).isEqualTo(ComponentHealth.Status.UP);
    assertThat(never.health().detail()).startsWith("1 of the tools").contains("not there");
  }

  @Test
  void isUnwellWhileAnEntryCannotBeReadWithoutShowingIt() {
    ComponentHealth health = new NeverTools("my secret").health();

    assertThat(health.status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(health.detail()).contains("never.tools").doesNotContain("my secret");
  }

  private static PolicyRequest use(String tool, Effect effect) {
    ToolUse use = Home.use(effect);
    return new PolicyRequest(
        tool, Arguments.none(), use, Home.PERSON, Origin.BROWSER, List.of(), List.of());
  }

  private static ToolDefinition definition(String name) {
    return new ToolDefinition(
        name,
        "Do",
        "Does it.",
        "{}",
        ResourceKind.GUEST,
        Effect.DESTROYS,
        false,
        Duration.ofMinutes(1),
        null);
  }

  private static final class OneTool implements ToolCatalogue {
    @Override
    public List<Entry> tools() {
      return List.of(new Entry(definition("stop_vm"), Tier.RED, "org.jarvis.tools", null));
    }

    @Override
    public Optional<Entry> tool(String name) {
      return tools().stream().filter(entry -> entry.definition().name().equals(name)).findFirst();
    }

    @Override
    public List<MenuEntry> menu(ResourceRef ref, Principal principal, Origin origin) {
      return List.of(offer("stop_vm", Arguments.none(), principal, origin));
    }

    @Override
    public MenuEntry offer(String tool, Arguments arguments, Principal principal, Origin origin) {
      return new MenuEntry(tool, "Stop", arguments, Effect.DISRUPTS, Tier.RED, Consent.HOLD, null);
    }
  }
}
