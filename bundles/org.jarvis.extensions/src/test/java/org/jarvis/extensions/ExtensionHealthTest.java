package org.jarvis.extensions;

import java.nio.file.Path;
import java.util.Optional;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.testkit.health.HealthContributorContract;
import org.junit.jupiter.api.io.TempDir;

class ExtensionHealthTest extends HealthContributorContract {
  @TempDir Path data;

  @Override
  protected HealthContributor contributor() {
    SteppingClock clock = new SteppingClock();
    ExtensionKeeper keeper =
        new ExtensionKeeper(
            clock,
            new DropFolder(data.resolve("deploy"), clock),
            new PrivateCopies(data.resolve("extensions")),
            new ConsentBook(Optional::empty),
            new MemoryHost(),
            new Announcer(Optional::empty),
            false);
    keeper.look();
    return keeper;
  }
}
