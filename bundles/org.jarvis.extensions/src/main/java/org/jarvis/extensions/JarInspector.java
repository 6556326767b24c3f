package org.jarvis.extensions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;
import org.jarvis.api.extension.Extension.Signer;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** Looks into a jar without loading any of its code. Nothing that is in a jar makes it throw. */
final class JarInspector {
  /** What is said of a file that is no zip, or not yet. */
  static final String UNREADABLE = "It is no jar that can be read.";

  private static final int MOST_ENTRIES = 10_000;
  private static final int LARGEST_MANIFEST = 4 * 1024 * 1024;
  private static final int LARGEST_COMPONENT = 256 * 1024;
  private static final int MOST_COMPONENTS = 100;
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_DESCRIPTION = 400;
  private static final int LONGEST_SYMBOLIC_NAME = 150;
  private static final Pattern SYMBOLIC_NAME =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /** The framework prefers these to what was shown, when its version of Java is theirs. */
  private static final Pattern OTHER_DESCRIPTIONS =
      Pattern.compile(
          "/*META-INF[/\\\\]+versions[/\\\\]+[^/]*[/\\\\]+OSGI-INF", Pattern.CASE_INSENSITIVE);

  /** Anything below is preferred to the entry of the same name, in the same way. */
  private static final Pattern FOR_SOME_JAVA = Pattern.compile("/*META-INF/+versions/+[^/]*/+");

  /** Parts of Jarvis are bound to by bundle name, so nobody else may carry such a name. */
  private static final List<String> RESERVED =
      List.of("org.jarvis", "org.apache.karaf", "org.apache.felix", "org.osgi", "java", "javax");

  private JarInspector() {}

  /** Something in a jar that makes it unacceptable. */
  private static final class Objection extends Exception {
    private static final long serialVersionUID = 1L;

    Objection(String message) {
      super(message);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Inspects a file that nobody else can change. */
  static Jar inspect(Path file, String id, long size) {
    Jar bare = Jar.unacceptable(id, size, UNREADABLE);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = entries(zip);
      ManifestText manifest = manifest(zip, entries);
      Jar jar = describe(bare, zip, entries, manifest);
      try {
        checkHeaders(jar, manifest);
        return signed(jar, file);
      } catch (Objection objection) {
        return jar.refused(objection.reason());
      }
    } catch (Objection objection) {
      return bare.refused(objection.reason());
    } catch (IOException | RuntimeException unreadable) {
      return bare;
    }
  }

  private static List<? extends ZipEntry> entries(ZipFile zip) throws Objection {
    if (zip.size() > MOST_ENTRIES) {
      throw new Objection("It has more than " + MOST_ENTRIES + " entries.");
    }
    List<? extends ZipEntry> entries = zip.stream().toList();
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : entries) {
      if (OTHER_DESCRIPTIONS.matcher(entry.getName()).lookingAt()) {
        throw new Objection(
            "It has another description of itself for some versions of Java: "
                + InertText.line(entry.getName(), LONGEST_NAME)
                + ".");
      }
      if (!names.add(entry.getName())) {
        throw new Objection(
            "It has two entries called " + InertText.line(entry.getName(), LONGEST_NAME) + ".");
      }
    }
    return entries;
  }

  private static ManifestText manifest(ZipFile zip, List<? extends ZipEntry> entries)
      throws IOException, Objection {
    byte[] manifest = null;
    for (ZipEntry entry : entries) {
      if (entry.isDirectory() || !JarSignature.isPartOfSignature(entry.getName())) {
        continue;
      }
      // Read here, with a bound, since the verifier of signatures reads them without one.
      byte[] content = bounded(zip, entry, LARGEST_MANIFEST);
      if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
        manifest = content;
      } else if (entry.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
        throw new Objection("Its manifest is not called " + JarFile.MANIFEST_NAME + ".");
      }
    }
    if (manifest == null) {
      throw new Objection("It is no OSGi bundle: it has no manifest.");
    }
    try {
      return ManifestText.parse(manifest);
    } catch (ManifestText.AmbiguousException ambiguous) {
      throw new Objection("It is refused because " + ambiguous.getMessage() + ".");
    }
  }

  private static Jar describe(
      Jar bare, ZipFile zip, List<? extends ZipEntry> entries, ManifestText manifest)
      throws Objection {
    List<Clause> symbolicNames = Clause.parse(manifest.text("Bundle-SymbolicName"));
    if (symbolicNames.size() != 1 || symbolicNames.get(0).names().size() != 1) {
      throw new Objection("It is no OSGi bundle: its manifest has no Bundle-SymbolicName.");
    }
    String symbolicName = symbolicNames.get(0).names().get(0);
    if (!SYMBOLIC_NAME.matcher(symbolicName).matches()
        || symbolicName.length() > LONGEST_SYMBOLIC_NAME) {
      throw new Objection("Its Bundle-SymbolicName is none.");
    }
    Version version;
    try {
      version = Version.parseVersion(manifest.header("Bundle-Version"));
    } catch (IllegalArgumentException malformed) {
      throw new Objection("Its Bundle-Version is none.");
    }
    if (version.toString().length() > LONGEST_NAME) {
      throw new Objection("Its Bundle-Version is too long.");
    }
    String description = manifest.header("Bundle-Description");
    boolean nativeCode =
        entries.stream()
            .map(entry -> entry.getName().toLowerCase(Locale.ROOT))
            .anyMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"));
    return new Jar(
        bare.id(),
        bare.size(),
        symbolicName,
        version,
        InertText.line(manifest.text("Bundle-Name"), LONGEST_NAME),
        description == null ? null : InertText.line(description, LONGEST_DESCRIPTION),
        null,
        Ties.of(manifest),
        Wishes.of(manifest, components(zip, entries, manifest), nativeCode),
        null);
  }

  private static void checkHeaders(Jar jar, ManifestText manifest) throws Objection {
    if (!"2".equals(manifest.header("Bundle-ManifestVersion"))) {
      throw new Objection("It is no OSGi bundle: its manifest has no Bundle-ManifestVersion of 2.");
    }
    for (String header : Ties.HEADERS) {
      if (manifest.text(header).indexOf('\\') >= 0) {
        throw new Objection(
            "Its header " + header + " has a backslash in it, which can be read in two ways.");
      }
    }
    if (manifest.header("Fragment-Host") != null) {
      throw new Objection(
          "It is a fragment, which would become part of another bundle. An extension stands alone.");
    }
    if (reserved(jar.symbolicName())) {
      throw new Objection(
          "Its symbolic name is reserved for parts of Jarvis and of what it is built on. Choose a"
              + " name of your own.");
    }
    for (String name : jar.exports()) {
      if (reserved(name)) {
        throw new Objection(
            "It exports the package "
                + InertText.line(name, LONGEST_NAME)
                + ", whose name is reserved for parts of Jarvis and of what it is built on.");
      }
    }
    for (String header : List.of("Service-Component", "Provide-Capability", "Import-Package")) {
      if (manifest.text(header).length() > LARGEST_COMPONENT) {
        throw new Objection("Its header " + header + " is too long.");
      }
    }
  }

  /** Whether a name belongs to Jarvis or to what it is built on. */
  static boolean reserved(String name) {
    return RESERVED.stream()
        .anyMatch(prefix -> name.equals(prefix) || name.startsWith(prefix + "."));
  }

  private static Jar signed(Jar jar, Path file) throws IOException, Objection {
    try {
      Signer signer = JarSignature.of(file);
      return new Jar(
          jar.id(),
          jar.size(),
          jar.symbolicName(),
          jar.version(),
          jar.name(),
          jar.description(),
          signer,
          jar.ties(),
          jar.asks(),
          null);
    } catch (JarSignature.BrokenException broken) {
      throw new Objection("Its signature is not valid: " + broken.getMessage() + ".");
    }
  }

  private static List<ComponentDescription> components(
      ZipFile zip, List<? extends ZipEntry> entries, ManifestText manifest) throws Objection {
    String header = manifest.text("Service-Component");
    if (header.chars().anyMatch(character -> "\";%".indexOf(character) >= 0)) {
      throw new Objection("Its header Service-Component has more in it than paths.");
    }
    List<ComponentDescription> components = new ArrayList<>();
    // Declarative Services takes both commas and spaces to be between paths.
    for (String path : header.split("[,\\s]+", -1)) {
      for (ZipEntry entry : entries) {
        String name = FOR_SOME_JAVA.matcher(entry.getName()).replaceFirst("");
        if (path.isEmpty() || !matches(path, name)) {
          continue;
        }
        if (!name.equals(entry.getName())) {
          throw new Objection(
              "It has another component for some versions of Java: "
                  + InertText.line(entry.getName(), LONGEST_NAME)
                  + ".");
        }
        if (components.size() == MOST_COMPONENTS) {
          throw new Objection("It has more than " + MOST_COMPONENTS + " components.");
        }
        components.add(component(zip, entry));
      }
    }
    return components;
  }

  private static ComponentDescription component(ZipFile zip, ZipEntry entry) throws Objection {
    try (InputStream content = new ByteArrayInputStream(bounded(zip, entry, LARGEST_COMPONENT))) {
      return ComponentDescription.read(content);
    } catch (IOException | XMLStreamException unreadable) {
      throw new Objection(
          "Its component description "
              + InertText.line(entry.getName(), LONGEST_NAME)
              + " cannot be read.");
    }
  }

  /** Whether an entry is meant; the last part of a path may contain asterisks. */
  private static boolean matches(String path, String entry) {
    String wanted = path.startsWith("/") ? path.substring(1) : path;
    int slash = wanted.lastIndexOf('/') + 1;
    if (!entry.startsWith(wanted.substring(0, slash)) || entry.indexOf('/', slash) >= 0) {
      return false;
    }
    String pattern = wanted.substring(slash);
    String name = entry.substring(slash);
    if (pattern.indexOf('*') < 0) {
      return pattern.equals(name);
    }
    // Without backtracking: each piece between asterisks is looked for from where the last ended.
    @Nullable String[] pieces = pattern.split("\\*", -1);
    int from = 0;
    for (int i = 0; i < pieces.length; i++) {
      String piece = String.valueOf(pieces[i]);
      int found =
          i == 0
              ? (name.startsWith(piece) ? 0 : -1)
              : i == pieces.length - 1
                  ? (name.length() - piece.length() >= from && name.endsWith(piece)
                      ? name.length() - piece.length()
                      : -1)
                  : name.indexOf(piece, from);
      if (found < 0) {
        return false;
      }
      from = found + piece.length();
    }
    return true;
  }

  private static byte[] bounded(ZipFile zip, ZipEntry entry, int most)
      throws IOException, Objection {
    try (InputStream input = zip.getInputStream(entry)) {
      byte[] content = input.readNBytes(most + 1);
      if (content.length > most) {
        throw new Objection(InertText.line(entry.getName(), LONGEST_NAME) + " in it is too large.");
      }
      return content;
    }
  }
}
