package org.jarvis.itests.container;

import static org.junit.Assert.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class BundlesIT {
  private static final Set<String> PRODUCTION =
      Set.of(
          "org.jarvis.api",
          "org.jarvis.auth",
          "org.jarvis.chat",
          "org.jarvis.connector.proxmox",
          "org.jarvis.connector.ssh",
          "org.jarvis.console",
          "org.jarvis.core",
          "org.jarvis.dashboard",
          "org.jarvis.detectors",
          "org.jarvis.extensions",
          "org.jarvis.gateway",
          "org.jarvis.llm.anthropic",
          "org.jarvis.llm.offline",
          "org.jarvis.llm.openai",
          "org.jarvis.mcp",
          "org.jarvis.persistence.sqlite",
          "org.jarvis.safety",
          "org.jarvis.tools");

  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() {
    return DistributionUnderTest.configuration();
  }

  @Test
  public void productionStartHasEveryBundleButTheLab() {
    assertEquals(new TreeSet<>(PRODUCTION), names(bundlesOfJarvis()));
  }

  @Test
  public void everyBundleOfJarvisBecomesActive() throws Exception {
    Patience.await(
        () ->
            names(
                bundlesOfJarvis().stream().filter(one -> one.getState() == Bundle.ACTIVE).toList()),
        PRODUCTION::equals);
  }

  private static Set<String> names(List<Bundle> bundles) {
    return bundles.stream()
        .map(Bundle::getSymbolicName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Bundle> bundlesOfJarvis() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().startsWith("org.jarvis."))
        .toList();
  }
}
