package org.jarvis.safety;

import java.util.List;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.testkit.safety.SafetyPolicyContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The standard policies keep the contract that they ask of others. */
@ParameterizedClass
@MethodSource("policies")
class StandardPoliciesTest extends SafetyPolicyContract {
  private final SafetyPolicy policy;

  StandardPoliciesTest(SafetyPolicy policy) {
    this.policy = policy;
  }

  static List<SafetyPolicy> policies() {
    return List.of(
        new TierPolicy(new NeverTools("delete_vm")),
        new TierPolicy(new NeverTools("some_tool")),
        new ProtectionPolicy(Registers.with("pve:sample:guest:101")),
        new WhereaboutsPolicy(Registers.nowhere()),
        new QuorumPolicy(),
        new KnowledgePolicy(),
        new OriginPolicy(Records.aliases()));
  }

  @Override
  protected SafetyPolicy policy() {
    return policy;
  }
}
