package org.jarvis.safety;

import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.testkit.health.HealthContributorContract;

class OwnPlaceHealthTest extends HealthContributorContract {
  @Override
  protected HealthContributor contributor() {
    Home home = new Home();
    home.whereabouts = new Whereabouts.Unknown();
    FakeLiveState liveState = new FakeLiveState();
    liveState.show(home.snapshot());
    OwnPlaceRegister place = Registers.nowhere();
    place.setLiveState(liveState);
    return place;
  }
}
