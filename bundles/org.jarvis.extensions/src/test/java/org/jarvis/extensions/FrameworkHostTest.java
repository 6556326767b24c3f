package org.jarvis.extensions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** What the framework that Jarvis runs on makes of extensions. */
class FrameworkHostTest {
  private static final String NAME = "org.example.memory";
  private static final String LOCATION = "jarvis-extension:" + NAME;

  @TempDir Path folder;

  private Framework framework;
  private FrameworkHost host;

  @BeforeEach
  void launch() throws BundleException {
    framework = FrameworkUnderTest.started(folder);
    host =
        new FrameworkHost(
            framework.getBundleContext(), Duration.ofMillis(500), Duration.ofMillis(200));
  }

  @AfterEach
  void end() throws Exception {
    System.clearProperty(StubbornActivator.HELD);
    framework.stop();
    framework.waitForStop(5000);
  }

  private Jar shown(TestJar jar) throws IOException {
    Path file = jar.writeTo(folder.resolve("some.jar"));
    return JarInspector.inspect(file, "f00d", Files.size(file));
  }

  private void start(TestJar shown, TestJar content) throws Exception {
    host.start(shown(shown), () -> new ByteArrayInputStream(content.bytes()));
  }

  private Bundle present() {
    return framework.getBundleContext().getBundle(LOCATION);
  }

  private static TestJar version(String version) {
    return TestJar.bundle(NAME, version);
  }

  @Test
  void runsWhatWasShown() throws Exception {
    TestJar jar =
        version("1.2.3")
            .header("Bundle-RequiredExecutionEnvironment: JavaSE-17")
            .header("Import-Package: java.util, org.osgi.framework;version=\"[1.8,2)\",com.acme.x;")
            .header(" resolution:=optional")
            .header("DynamicImport-Package: com.acme.*,org.other;version=1")
            .header("Export-Package: org.example.a;org.example.b;version=\"1.0\";uses:=\"c,d\"")
            .header("Require-Bundle: org.example.none;resolution:=optional")
            .header("Require-Capability: osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\",")
            .header(" osgi.service;filter:=\"(objectClass=org.example.S)\";effective:=active,")
            .header(" com.acme;filter:=\" (a=b) \";resolution:=optional")
            .header("Provide-Capability: osgi.service;objectClass:List<String>=\"a,b\",com.acme.y")
            .header("Bundle-NativeCode: a.so;osname=Nowhere,*")
            .entry("org/example/a/A.class", "")
            .entry("org/example/b/B.class", "");
    assertThat(shown(jar).objection()).isNull();

    start(jar, jar);

    assertThat(present().getState()).isEqualTo(Bundle.ACTIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Import-Package: org.osgi.framework",
        "DynamicImport-Package: *",
        "Export-Package: org.example.more",
        "Require-Bundle: org.example.none;resolution:=optional",
        "Require-Capability: com.acme;resolution:=optional",
        "Provide-Capability: com.acme",
        "Provide-Capability: osgi.wiring.package;osgi.wiring.package=org.jarvis.api.auth",
      })
  void runsNothingThatWasShownOtherwise(String header) throws IOException {
    assertThatThrownBy(() -> start(version("1.0.0"), version("1.0.0").header(header)))
        .isInstanceOf(BundleHost.HostingException.class);
    assertThat(present()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Export-Package: com.acme.a;x=\"\\\"\",org.jarvis.api.auth;version=\"9\";y=\"\\\"\"",
        "Import-Package: com.acme.a;resolution:=optional;x=\"\\\"\",org.osgi.framework;y=\"\\\"\"",
      })
  void seesThroughEscapedQuotesAlsoOnItsOwn(String header) throws IOException {
    TestJar trick = version("1.0.0").header(header);
    assertThatThrownBy(() -> start(trick, trick)).hasMessageContaining("in another way");
    assertThat(present()).isNull();
  }

  @Test
  void seesThroughTheManifestForSomeVersionsOfJavaAlsoOnItsOwn() throws Exception {
    TestJar trick =
        version("1.0.0")
            .header("Multi-Release: true")
            .entry(
                "META-INF/versions/9/OSGI-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nImport-Package: org.osgi.framework\n\n");
    TestJar plain = version("1.0.0").header("Multi-Release: true");

    assertThatThrownBy(() -> start(plain, trick)).hasMessageContaining("in another way");
    assertThat(present()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.jarvis.api.auth", "com.acme.json"})
  void runsNothingThatExportsWhatBelongsToJarvis(String name) throws Exception {
    framework
        .getBundleContext()
        .installBundle(
            "own",
            new ByteArrayInputStream(
                TestJar.bundle("org.acme.part", "1")
                    .header("Export-Package: com.acme.json")
                    .bytes()));
    TestJar jar = version("1.0.0").header("Export-Package: " + name);

    assertThatThrownBy(() -> start(jar, jar)).hasMessageContaining("belongs to Jarvis");
    assertThat(present()).isNull();
  }

  @Test
  void goesBackToTheVersionBeforeWhenTheNextOneWasShownOtherwise() throws Exception {
    TestJar old = version("1.0.0");
    start(old, old);
    Jar next = shown(version("1.1.0"));

    assertThatThrownBy(
            () ->
                host.replace(
                    shown(old),
                    () -> new ByteArrayInputStream(old.bytes()),
                    next,
                    () ->
                        new ByteArrayInputStream(
                            version("1.1.0").header("DynamicImport-Package: *").bytes())))
        .hasMessageContaining("later package *");
    assertThat(present().getVersion()).hasToString("1.0.0");
    assertThat(present().getState()).isEqualTo(Bundle.ACTIVE);
  }

  private static TestJar stubborn(String version) throws IOException {
    String file = StubbornActivator.class.getName().replace('.', '/') + ".class";
    try (InputStream code = StubbornActivator.class.getClassLoader().getResourceAsStream(file)) {
      return version(version)
          .header("Bundle-Activator: " + StubbornActivator.class.getName())
          .header("Import-Package: org.osgi.framework")
          .entry(file, code.readAllBytes());
    }
  }

  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static void holdStops() {
    System.setProperty(StubbornActivator.HELD, "true");
  }

  private void letStopsGo(Jar jar) {
    System.clearProperty(StubbornActivator.HELD);
    await(() -> host.presence(jar) == BundleHost.Presence.NONE);
  }

  @Test
  void tellsThatSomethingStaysUntilItsStopHasEnded() throws Exception {
    TestJar jar = stubborn("1.0.0");
    start(jar, jar);
    Jar shown = shown(jar);
    assertThat(host.presence(shown)).isEqualTo(BundleHost.Presence.RUNS);
    holdStops();

    assertThatThrownBy(() -> host.remove(shown)).hasMessageContaining("did not end");
    assertThat(host.presence(shown)).isEqualTo(BundleHost.Presence.STAYS);
    assertThatThrownBy(() -> host.remove(shown)).hasMessageContaining("Restart Jarvis");
    assertThatThrownBy(() -> start(version("1.1.0"), version("1.1.0")))
        .hasMessageContaining("Restart Jarvis");

    letStopsGo(shown);
    assertThat(host.presence(shown)).isEqualTo(BundleHost.Presence.NONE);
    start(version("1.1.0"), version("1.1.0"));
    assertThat(present().getVersion()).hasToString("1.1.0");
  }

  @Test
  void runsTheNewBytesAlsoWhereAnEarlierRemovalFailed() throws Exception {
    framework
        .getBundleContext()
        .installBundle(
            LOCATION,
            new ByteArrayInputStream(version("1.0.0").header("Bundle-Name: Old").bytes()));
    TestJar jar = version("1.0.0").header("Bundle-Name: New");

    start(jar, jar);

    assertThat(present().getHeaders().get("Bundle-Name")).isEqualTo("New");
  }

  @Test
  void clearsAgainOnlyWhatAnEarlierLifeLeft() throws Exception {
    TestJar old = stubborn("1.0.0");
    start(old, old);
    FrameworkHost next =
        new FrameworkHost(
            framework.getBundleContext(), Duration.ofMillis(500), Duration.ofMillis(200));
    holdStops();

    assertThat(next.clear()).isFalse();

    TestJar other = TestJar.bundle("org.example.other", "1");
    next.start(shown(other), () -> new ByteArrayInputStream(other.bytes()));
    assertThat(next.clear()).isFalse();
    System.clearProperty(StubbornActivator.HELD);
    await(next::clear);
    assertThat(next.presence(shown(other))).isEqualTo(BundleHost.Presence.RUNS);
  }

  @Test
  void knowsWhetherAContentWasReadToItsEnd() throws IOException {
    ReadToEnd content = new ReadToEnd(new ByteArrayInputStream(new byte[3]));
    assertThat(content.read(new byte[3], 0, 3)).isEqualTo(3);
    assertThatThrownBy(content::require).isInstanceOf(IOException.class);
    assertThat(content.read()).isNegative();
    content.close();
    content.require();
  }
}
