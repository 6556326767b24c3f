package org.jarvis.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarInspectorTest {
  private static final String HEALTH = "org.jarvis.api.health.HealthContributor";

  @TempDir Path folder;

  private Jar inspect(TestJar jar) throws IOException {
    return inspect(jar.writeTo(folder.resolve("some.jar")));
  }

  private static Jar inspect(Path file) throws IOException {
    return JarInspector.inspect(file, "f00d", Files.size(file));
  }

  @Test
  void showsWhatABundleSaysAboutItself() throws IOException {
    Jar jar =
        inspect(
            TestJar.bundle("org.example.memory;singleton:=true", "1.2.3")
                .header("Bundle-Name: Memory")
                .header("Empty:")
                .header("Bundle-Description: Warns in time:"));

    assertThat(jar.objection()).isNull();
    assertThat(jar.symbolicName()).isEqualTo("org.example.memory");
    assertThat(jar.version()).hasToString("1.2.3");
    assertThat(jar.name()).isEqualTo("Memory");
    assertThat(jar.description()).isEqualTo("Warns in time:");
    assertThat(jar.signer()).isNull();
  }

  @Test
  void saysInSentencesWhatItAsksFor() throws IOException {
    Jar jar =
        inspect(
            TestJar.bundle("org.example.a", "1")
                .header("Bundle-Activator: org.example.Start")
                .header("Import-Package: org.jarvis.api.health;version=\"[0.1,1)\",")
                .header("  org.osgi.framework,com.acme.x;resolution:=optional")
                .header("DynamicImport-Package: *")
                .header("Export-Package: org.example.shared;uses:=\"a,b\"")
                .header("Service-Component: OSGI-INF/*.xml")
                .entry("lib/thing.so", "ELF")
                .entry(
                    "OSGI-INF/one.xml",
                    """
                    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="one">
                      <service><provide interface="%s"/></service>
                      <reference name="a" interface="org.jarvis.api.action.ActionGate"/>
                      <implementation class="org.example.One"/>
                    </scr:component>
                    """
                        .formatted(HEALTH)));

    assertThat(jar.objection()).isNull();
    assertThat(jar.asks())
        .contains(
            "It adds a line of its own to the health of Jarvis.",
            "It uses the gate: it can ask for actions.",
            "It runs org.example.Start as soon as it starts.",
            "It uses of Jarvis's API: org.jarvis.api.health.",
            "It uses packages of other bundles: com.acme.x (if there is one).",
            "It may later load packages of other bundles: *.",
            "It offers packages to other extensions: org.example.shared.",
            "It brings native code, which can do whatever the account of Jarvis can.")
        .anyMatch(sentence -> sentence.contains("can see and change other bundles"));
    assertThat(jar.asks().get(0)).contains("all the rights that Jarvis itself has");
  }

  @Test
  void showsTextsPlainAndBounded() throws IOException {
    Jar jar =
        inspect(
            TestJar.bundle("org.example.a", "1")
                .header("Bundle-Name: Safe\u202Egnp.exe\u200B\u0085 one")
                .header("Bundle-Description: " + "a".repeat(60_000)));

    assertThat(jar.name()).isEqualTo("Safe gnp.exe one");
    assertThat(jar.description()).hasSize(400).endsWith("…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.jarvis.auth",
        "org.jarvis",
        "org.apache.karaf.features.core",
        "org.apache.felix.scr",
        "org.osgi.framework",
        "java.lang"
      })
  void refusesReservedNames(String name) throws IOException {
    assertThat(inspect(TestJar.bundle(name, "1")).objection()).contains("reserved");
    assertThat(
            inspect(
                    TestJar.bundle("org.example.a", "1")
                        .header("Export-Package: org.example.b," + name + ";version=1"))
                .objection())
        .contains(name, "reserved");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Export-Package: com.acme.a;x=\"\\\"\",org.jarvis.api.auth;version=\"9\";y=\"\\\"\"",
        "Import-Package: com.acme.a;x=\"\\\"\",org.osgi.framework;y=\"\\\"\"",
        "Require-Capability: com.acme;filter:=\"(a=\\\\b)\"",
        "Service-Component: OSGI-INF\\a.xml"
      })
  void refusesHeadersWithABackslash(String header) throws IOException {
    assertThat(inspect(TestJar.bundle("org.example.a", "1").header(header)).objection())
        .contains("backslash");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "META-INF/versions/9/OSGI-INF/MANIFEST.MF",
        "/META-INF/versions/17/OSGI-INF/manifest.mf",
        "META-INF/versions/17/OSGI-INF/one.xml",
        "META-INF/versions/17/components/one.xml"
      })
  void refusesAnotherDescriptionForSomeVersionsOfJava(String entry) throws IOException {
    assertThat(
            inspect(
                    TestJar.bundle("org.example.a", "1")
                        .header("Multi-Release: true")
                        .header("Service-Component: components/*.xml")
                        .entry(entry, "Import-Package: org.osgi.framework\n"))
                .objection())
        .contains("for some versions of Java");
  }

  @Test
  void acceptsClassesForSomeVersionsOfJava() throws IOException {
    assertThat(
            inspect(
                    TestJar.bundle("org.example.a", "1")
                        .header("Multi-Release: true")
                        .entry("META-INF/versions/17/org/example/A.class", "class"))
                .objection())
        .isNull();
  }

  @Test
  void findsTheComponentsThatDeclarativeServicesFinds() throws IOException {
    String component =
        """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="one">
          <reference name="a" interface="org.jarvis.api.action.ActionGate"/>
          <implementation class="org.example.One"/>
        </scr:component>
        """;
    assertThat(
            inspect(
                    TestJar.bundle("org.example.a", "1")
                        .header("Service-Component: none.xml two.xml")
                        .entry("two.xml", component))
                .asks())
        .contains("It uses the gate: it can ask for actions.");
    assertThat(
            inspect(
                    TestJar.bundle("org.example.a", "1")
                        .header("Service-Component: none.xml;x=\" two.xml \"")
                        .entry("two.xml", component))
                .objection())
        .contains("Service-Component");
  }

  @Test
  void acceptsNamesThatOnlyLookLikeReservedOnes() throws IOException {
    assertThat(inspect(TestJar.bundle("org.jarvisfans.memory", "1")).objection()).isNull();
  }

  @Test
  void refusesAFragment() throws IOException {
    assertThat(
            inspect(TestJar.bundle("org.example.f", "1").header("Fragment-Host: org.jarvis.core"))
                .objection())
        .contains("fragment");
  }

  @Test
  void refusesWhatIsNoBundle() throws IOException {
    assertThat(inspect(TestJar.withManifest("Manifest-Version: 1.0\n")).objection())
        .contains("no OSGi bundle");
    assertThat(inspect(TestJar.withManifest("Bundle-SymbolicName: org.example.old\n")).objection())
        .contains("Bundle-ManifestVersion");
    Path bare = folder.resolve("bare.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bare))) {
      zip.putNextEntry(new ZipEntry("readme.txt"));
    }
    assertThat(inspect(bare).objection()).contains("no manifest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bundle-SymbolicName: org.jarvis.auth\n",
        "bundle-symbolicname: org.jarvis.auth\n",
        "X: a\rFragment-Host: org.jarvis.core\n",
        "X: a\u0000\n",
        "no header at all\n",
      })
  void refusesAManifestThatCanBeReadInTwoWays(String trick) throws IOException {
    TestJar jar = TestJar.bundle("org.example.a", "1");
    assertThat(inspect(jar.header(trick.stripTrailing())).objection())
        .isNotNull()
        .contains("manifest");
  }

  @Test
  void readsContinuedLines() throws IOException {
    assertThat(
            inspect(
                    TestJar.bundle("org.example.a", "1")
                        .header("Fragment-\n Host: org.jarvis.core"))
                .objection())
        .contains("manifest");
    assertThat(
            inspect(
                    TestJar.withManifest(
                        "Bundle-ManifestVersion: 2\nBundle-SymbolicName: org.jar\n vis.auth\n"))
                .objection())
        .contains("reserved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"one two", "a/b", "ü", "\"org.example\"", "a,b"})
  void refusesSymbolicNamesThatAreNone(String name) throws IOException {
    assertThat(inspect(TestJar.bundle(name, "1")).objection()).isNotNull();
  }

  @Test
  void refusesAManifestThatUnpacksToTooMuch() throws IOException {
    Jar jar = inspect(TestJar.bundle("org.example.a", "1").header("X: " + "a".repeat(5_000_000)));
    assertThat(jar.objection()).contains("too large");
  }

  @Test
  void refusesThousandsOfEntries() throws IOException {
    TestJar jar = TestJar.bundle("org.example.a", "1");
    for (int i = 0; i < 10_001; i++) {
      jar.entry("e" + i, "");
    }
    assertThat(inspect(jar).objection()).contains("entries");
  }

  @Test
  void refusesComponentDescriptionsThatReachOutside() throws IOException {
    Jar jar =
        inspect(
            TestJar.bundle("org.example.a", "1")
                .header("Service-Component: OSGI-INF/a.xml")
                .entry(
                    "OSGI-INF/a.xml",
                    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>"));
    assertThat(jar.objection()).contains("OSGI-INF/a.xml");
  }

  @Test
  void refusesWhatIsNoZipWithoutThrowing() throws IOException {
    byte[] whole = TestJar.bundle("org.example.a", "1").entry("a", "b".repeat(5000)).bytes();
    Path file = folder.resolve("broken.jar");
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      byte[] broken = whole.clone();
      for (int j = 0; j <= i % 8; j++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      Files.write(file, i % 3 == 0 ? java.util.Arrays.copyOf(broken, i) : broken);
      assertThat(inspect(file)).isNotNull();
    }
    Files.writeString(file, "no zip");
    assertThat(inspect(file).objection()).isEqualTo(JarInspector.UNREADABLE);
  }

  @Test
  void namesTheSigner() throws Exception {
    TestJar.Signatory ada = TestJar.Signatory.make(folder, "Ada");
    Path plain =
        TestJar.bundle("org.example.a", "1").entry("x", "y").writeTo(folder.resolve("plain.jar"));

    Jar jar = inspect(ada.sign(plain, folder.resolve("signed.jar")));

    assertThat(jar.objection()).isNull();
    assertThat(jar.signer().subject()).isEqualTo("CN=Ada");
    assertThat(jar.signer().fingerprint()).matches("[0-9a-f]{64}");
  }

  @Test
  void refusesASignatureThatDoesNotCoverEverything() throws Exception {
    TestJar.Signatory ada = TestJar.Signatory.make(folder, "Ada");
    Path plain =
        TestJar.bundle("org.example.a", "1").entry("x", "y").writeTo(folder.resolve("plain.jar"));
    Path signed = ada.sign(plain, folder.resolve("signed.jar"));

    assertThat(inspect(rewritten(signed, "x", null, "later", "added")).objection())
        .contains("signature", "later in it is not signed");
    assertThat(inspect(rewritten(signed, "x", "other", null, null)).objection())
        .contains("not what was signed");
    assertThat(inspect(rewritten(signed, "x", "", null, null)).objection()).contains("missing");
  }

  /** A copy in which one entry has another content (or is left out), and perhaps one is added. */
  private Path rewritten(Path jar, String name, String content, String added, String addedContent)
      throws IOException {
    Path copy = folder.resolve("rewritten.jar");
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(copy);
        ZipOutputStream to = new ZipOutputStream(file)) {
      for (ZipEntry entry : from.stream().toList()) {
        boolean same = !entry.getName().equals(name) || content == null;
        if (same || !content.isEmpty()) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          to.write(
              same
                  ? from.getInputStream(entry).readAllBytes()
                  : content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
      }
      if (added != null) {
        to.putNextEntry(new ZipEntry(added));
        to.write(addedContent.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return copy;
  }
}
