package org.jarvis.itests.container;

import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.ops4j.pax.exam.Option;

/** The archive that users unpack, started by Pax Exam on a port of its own. */
final class DistributionUnderTest {
  static final String PORT_PROPERTY = "jarvis.port";

  private static final String KARAF = System.getProperty("karaf.version");
  private static final String MAVEN = "etc/org.ops4j.pax.url.mvn.cfg";

  private DistributionUnderTest() {}

  static Option[] configuration() {
    return options(
        karafDistributionConfiguration()
            .frameworkUrl(new File(System.getProperty("distribution.archive")).toURI().toString())
            .karafVersion(KARAF)
            .name("Jarvis")
            .unpackDirectory(new File("target/exam"))
            .useDeployFolder(false)
            .runEmbedded(false),
        keepRuntimeFolder(),
        configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
        // Pax Exam brings bundles of its own; the distribution itself resolves from its own folder
        // alone.
        editConfigurationFilePut(
            MAVEN,
            "org.ops4j.pax.url.mvn.localRepository",
            System.getProperty("org.ops4j.pax.url.mvn.localRepository")),
        editConfigurationFilePut(
            "etc/system.properties", PORT_PROPERTY, Integer.toString(freePort())),
        junitBundles(),
        vmOption("-Xmx512m"));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
