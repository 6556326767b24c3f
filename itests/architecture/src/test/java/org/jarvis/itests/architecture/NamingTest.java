package org.jarvis.itests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class NamingTest {
  @Test
  void classIsNamedByItsRole() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils)")
        .because("such a name does not say what the class is for")
        .check(Bundles.classes());
  }

  @Test
  void packageIsNamedByItsConcern() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..misc..", "..impl..")
        .because("a helper lives beside its only user or becomes a named idea")
        .check(Bundles.classes());
  }
}
