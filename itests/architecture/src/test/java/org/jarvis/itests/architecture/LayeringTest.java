package org.jarvis.itests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayeringTest {
  /** The provider without a model: its answers come from what it reads. */
  private static final String BUILT_IN = "org.jarvis.llm.offline";

  static List<String> bundles() {
    return Bundles.names();
  }

  static List<String> implementations() {
    return Bundles.namesExcept(Bundles.API);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void seesTheClassesOfEveryBundle(String bundle) {
    assertThat(Bundles.classes())
        .as("%s has classes, and is a dependency of this module", bundle)
        .anyMatch(type -> type.getPackageName().startsWith(bundle));
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void implementationBuildsOnNoOtherBundleThanTheApi(String bundle) {
    noClasses()
        .that()
        .resideInAPackage(bundle + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(Bundles.packagesOf(Bundles.namesExcept(Bundles.API, bundle)))
        .because("bundles come and go, so they know each other by the services of the API only")
        .check(Bundles.classes());
  }

  @Test
  void apiBuildsOnTheJavaPlatformAlone() {
    classes()
        .that()
        .resideInAPackage(Bundles.API + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Bundles.API + "..", "java..", "org.jspecify.annotations..", "org.osgi.annotation..")
        .because("whoever extends Jarvis would have to follow every library that it shows")
        .check(Bundles.classes());
  }

  @Test
  void providersOfModelsOnlyTranslate() {
    noClasses()
        .that()
        .resideInAPackage("org.jarvis.llm..")
        .and()
        .resideOutsideOfPackage(BUILT_IN + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Bundles.API + ".action..",
            Bundles.API + ".connector..",
            Bundles.API + ".host..",
            Bundles.API + ".persistence..",
            Bundles.API + ".resource..")
        .because("what a model says is hostile, so nothing that hears it first can do anything")
        .check(Bundles.classes());
  }

  @Test
  void labKnowsNothingOfJarvis() {
    noClasses()
        .that()
        .resideInAPackage(Bundles.LAB + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(Bundles.API + "..")
        .because("a simulated cluster that shared code with Jarvis would prove nothing")
        .check(Bundles.classes());
  }
}
