package org.jarvis.safety;

import org.jarvis.api.health.HealthContributor;
import org.jarvis.testkit.health.HealthContributorContract;

class ProtectionHealthTest extends HealthContributorContract {
  @Override
  protected HealthContributor contributor() {
    return Registers.with("my secret server at 192.168.1.10");
  }
}
