package org.jarvis.safety;

import org.jarvis.api.health.HealthContributor;
import org.jarvis.testkit.health.HealthContributorContract;

class NeverToolsHealthTest extends HealthContributorContract {
  @Override
  protected HealthContributor contributor() {
    return new NeverTools("http://192.168.1.10/?token=secret");
  }
}
