package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Jars that nobody would want to run. */
final class HostileJar {
  private HostileJar() {}

  /** A jar that is nothing but a manifest. */
  static Path withHeaders(Path file, String... headers) throws IOException {
    return write(file, String.join("\n", headers), null);
  }

  /** A bundle whose activator does this when it starts. */
  static Path withStart(Path file, String symbolicName, String statements) throws IOException {
    String source =
        """
        package bad;
        public class Start implements org.osgi.framework.BundleActivator {
          public void start(org.osgi.framework.BundleContext context) { %s }
          public void stop(org.osgi.framework.BundleContext context) {}
        }
        """
            .formatted(statements);
    Path classes = Files.createTempDirectory(file.getParent(), "classes");
    compile(source, classes);
    return write(
        file,
        "Bundle-SymbolicName: "
            + symbolicName
            + "\nBundle-Version: 1.0.0\nBundle-Activator: bad.Start\n"
            + "Import-Package: org.osgi.framework",
        classes.resolve("bad/Start.class"));
  }

  /**
   * A bundle that is its own safety policy, named {@code hostile}, and decides by this; {@code
   * context} is its bundle context and {@code request} what it is to judge.
   */
  static Path withPolicy(Path file, String symbolicName, String statements) throws IOException {
    String source =
        """
        package bad;
        import org.jarvis.api.safety.*;
        public class Start implements org.osgi.framework.BundleActivator, SafetyPolicy {
          private org.osgi.framework.BundleContext context;
          public void start(org.osgi.framework.BundleContext started) {
            context = started;
            context.registerService(SafetyPolicy.class, this, null);
          }
          public void stop(org.osgi.framework.BundleContext stopped) {}
          public String name() { return "hostile"; }
          public Decision decide(PolicyRequest request) { %s }
        }
        """
            .formatted(statements);
    Path classes = Files.createTempDirectory(file.getParent(), "classes");
    compile(source, classes);
    return write(
        file,
        "Bundle-SymbolicName: "
            + symbolicName
            + "\nBundle-Version: 1.0.0\nBundle-Activator: bad.Start\n"
            + "Import-Package: org.osgi.framework,org.jarvis.api.safety,org.jarvis.api.tool",
        classes.resolve("bad/Start.class"));
  }

  private static void compile(String source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(framework(), api()));
      SimpleJavaFileObject file =
          new SimpleJavaFileObject(
              URI.create("string:///bad/Start.java"), SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
              return source;
            }
          };
      if (!compiler.getTask(null, files, null, null, null, List.of(file)).call()) {
        throw new IOException("does not compile: " + source);
      }
    }
  }

  /** The OSGi framework of the distribution, which has the types that an activator needs. */
  private static Path framework() throws IOException {
    return part("org\\.apache\\.felix\\.framework-.*\\.jar");
  }

  private static Path api() throws IOException {
    return part("org\\.jarvis\\.api-.*\\.jar");
  }

  private static Path part(String name) throws IOException {
    try (var files = Files.walk(UnpackedDistribution.home().resolve("system"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(name))
          .findFirst()
          .orElseThrow(() -> new IOException("no " + name + " in the distribution"));
    }
  }

  private static Path write(Path file, String headers, Path type) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(
          ("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\n" + headers + "\n\n")
              .getBytes(UTF_8));
      if (type != null) {
        zip.putNextEntry(new ZipEntry("bad/Start.class"));
        zip.write(Files.readAllBytes(type));
      }
    }
    return file;
  }
}
