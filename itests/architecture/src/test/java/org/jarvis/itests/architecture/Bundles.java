package org.jarvis.itests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bundles of this build and their classes. A bundle's folder is named like the package that
 * holds all its classes.
 */
final class Bundles {
  static final String API = "org.jarvis.api";
  static final String LAB = "org.jarvis.lab";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_PACKAGE_INFOS)
          .withImportOption(location -> !location.contains("/org/jarvis/itests/"))
          .importPackages("org.jarvis");

  private Bundles() {}

  /** The classes of all bundles. */
  static JavaClasses classes() {
    return CLASSES;
  }

  /** The names of all bundles, taken from the folders, so that none can be forgotten. */
  static List<String> names() {
    try (Stream<Path> folders = Files.list(Path.of("..", "..", "bundles"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all bundles but some. */
  static List<String> namesExcept(String... excluded) {
    return names().stream().filter(name -> !List.of(excluded).contains(name)).toList();
  }

  /** Patterns that match the packages of these bundles. */
  static String[] packagesOf(List<String> bundles) {
    return bundles.stream().map(bundle -> bundle + "..").toArray(String[]::new);
  }
}
