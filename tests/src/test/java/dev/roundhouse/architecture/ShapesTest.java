package dev.roundhouse.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ShapesTest {
  private static final int MOST_CLASSES = 25;

  private static final ArchRule STATIC_FIELDS_ARE_FINAL =
      fields().that().areStatic().should().beFinal().because("a static field is a constant");

  private static final ArchRule NO_BOOLEAN_PARAMETER =
      methods()
          .that()
          .arePublic()
          .or()
          .areProtected()
          .or()
          .arePackagePrivate()
          .should(haveNoBooleanParameter());

  @Test
  void staticFieldsAreConstants() {
    STATIC_FIELDS_ARE_FINAL.check(OurClasses.ALL);
  }

  @Test
  void methodsThatOthersCallTakeNoBoolean() {
    NO_BOOLEAN_PARAMETER.check(OurClasses.ALL);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes().should(beInANullMarkedPackage()).check(OurClasses.ALL);
  }

  /** A newcomer finds a class by the names of its folders; a folder of many is none. */
  @Test
  void noFolderHoldsMoreThanItsLimitOfClasses() {
    Map<String, Long> folders =
        OurClasses.ALL.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(ours -> !ours.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getPackageName, TreeMap::new, counting()));
    assertThat(folders).hasSizeGreaterThan(50);
    assertThat(folders.values()).allMatch(classes -> classes <= MOST_CLASSES);
  }

  @Test
  void theRulesSeeAnOffender() {
    JavaClasses offender = new ClassFileImporter().importClasses(Shapeless.class);
    assertThat(STATIC_FIELDS_ARE_FINAL.evaluate(offender).hasViolation()).isTrue();
    assertThat(NO_BOOLEAN_PARAMETER.evaluate(offender).hasViolation()).isTrue();
  }

  private static ArchCondition<JavaMethod> haveNoBooleanParameter() {
    return new ArchCondition<>("take an enum or a record, or be two methods") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean taken =
            method.getRawParameterTypes().stream()
                .anyMatch(type -> type.isEquivalentTo(boolean.class));
        if (taken && !turnsItIntoAnEnum(method) && !method.getModifiers().contains(SYNTHETIC)) {
          events.add(violated(method, method.getFullName() + " takes a boolean"));
        }
      }
    };
  }

  /** An enum's own factory, such as {@code Level.of(boolean)}, is how a boolean gets its name. */
  private static boolean turnsItIntoAnEnum(JavaMethod method) {
    return method.getOwner().isEnum()
        && method.getRawReturnType().equals(method.getOwner())
        && method.getRawParameterTypes().size() == 1;
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package with @NullMarked") {
      @Override
      public void check(JavaClass ours, ConditionEvents events) {
        if (!ours.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(violated(ours, ours.getFullName() + ": its package is not @NullMarked"));
        }
      }
    };
  }

  /** Breaks the rules, so that they are seen to work. */
  @SuppressWarnings("NonFinalStaticField")
  static final class Shapeless {
    static int count;

    private Shapeless() {}

    static void flag(boolean up) {
      count += up ? 1 : 0;
    }
  }
}
