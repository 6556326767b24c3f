package org.jarvis.extensions;

import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** The framework that Jarvis runs on, with nothing in it. */
final class FrameworkUnderTest {
  private FrameworkUnderTest() {}

  /** One that has started. */
  static Framework started(Path folder) throws BundleException {
    Framework framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("cache").toString(),
                    "felix.log.level",
                    "0"));
    framework.start();
    return framework;
  }
}
