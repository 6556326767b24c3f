package org.jarvis.extensions;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Part of a test's extension whose stop hangs for as long as a system property says so. */
public final class StubbornActivator implements BundleActivator {
  static final String HELD = "org.jarvis.extensions.test.held";

  @Override
  public void start(BundleContext context) {}

  @Override
  public void stop(BundleContext context) {
    while (Boolean.getBoolean(HELD)) {
      Thread.interrupted();
      LockSupport.parkNanos(1_000_000);
    }
  }
}
