package dev.roundhouse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Methods that no main code calls are deleted, not kept; so a method that becomes one fails here,
 * and so does one of the list that is called again.
 */
class DeadCodeTest {
  private static final String EXTENSION = "dev.roundhouse.junit";

  /** What only tests look at, ours or those of the extension's users: class and method. */
  private static final Set<String> FOR_TESTS =
      Set.of(
          "Alarm.atNanos",
          "Alarm.name",
          "Bcm2711.testExit",
          "BoardLayout.line",
          "CaseRunner.profile",
          "Condition.of",
          "Edge.name",
          "Extras.isEmpty",
          "Layout.lengthMm",
          "Locomotive.measured",
          "Locomotive.withAddress",
          "Machine.core",
          "Motor.turned",
          "Motor.turnsPerSecond",
          "Observation.task",
          "PageAllocator.freeBlocks",
          "PhysicalMemory.getByte",
          "PhysicalMemory.putByte",
          "PtyEnd.path",
          "TcpEnd.port",
          "VirtualTime.ofMillis");

  @Test
  void eachMethodIsCalledByMainCodeOrIsForTests() {
    List<String> uncalled =
        OurClasses.ALL.stream()
            .filter(ours -> !ours.getPackageName().startsWith(EXTENSION))
            .flatMap(ours -> ours.getMethods().stream())
            .filter(DeadCodeTest::isForOthersToCall)
            .filter(method -> method.getAccessesToSelf().isEmpty())
            .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
            .distinct()
            .toList();
    assertThat(uncalled).containsExactlyInAnyOrderElementsOf(FOR_TESTS);
  }

  private static boolean isForOthersToCall(JavaMethod method) {
    return !method.getModifiers().contains(JavaModifier.SYNTHETIC)
        && !method.getModifiers().contains(JavaModifier.PRIVATE)
        && method.getAnnotations().isEmpty()
        && !isPartOfTheLanguage(method)
        && !overrides(method);
  }

  /** What records, enums and the JVM have of themselves. */
  private static boolean isPartOfTheLanguage(JavaMethod method) {
    JavaClass owner = method.getOwner();
    boolean isAccessor =
        owner.isRecord()
            && method.getRawParameterTypes().isEmpty()
            && owner.tryGetField(method.getName()).isPresent();
    boolean isOfEnum = owner.isEnum() && List.of("values", "valueOf").contains(method.getName());
    return isAccessor || isOfEnum || method.getName().equals("main");
  }

  private static boolean overrides(JavaMethod method) {
    JavaClass owner = method.getOwner();
    return Stream.concat(
            owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
        .anyMatch(above ->
            above
                .tryGetMethod(
                    method.getName(),
                    method.getRawParameterTypes().stream()
                        .map(JavaClass::getFullName)
                        .toArray(String[]::new))
                .isPresent());
  }
}
