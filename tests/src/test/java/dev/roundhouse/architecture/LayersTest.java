package dev.roundhouse.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayersTest {
  private static final String DEVICES = "dev.roundhouse.devices..";
  private static final String BOARD = "dev.roundhouse.devices.bcm2711..";
  private static final String PLANT = "dev.roundhouse.devices.plant..";
  private static final String TRAIN_SET = "dev.roundhouse.devices.train..";
  private static final String KERNEL = "dev.roundhouse.kernel..";
  private static final String EMULATOR = "dev.roundhouse.emulator..";
  private static final String CLI = "dev.roundhouse.cli..";
  private static final String NATIVE = "dev.roundhouse.emulator.platform..";
  private static final String JUNIT = "dev.roundhouse.junit..";

  @ParameterizedTest
  @ValueSource(strings = {DEVICES, KERNEL, EMULATOR, CLI})
  void eachLayerHasClasses(String layer) {
    assertThat(OurClasses.ALL.that(resideInAPackage(layer))).isNotEmpty();
  }

  @Test
  void everyClassIsInALayer() {
    noClasses()
        .should()
        .resideOutsideOfPackages(DEVICES, KERNEL, EMULATOR, CLI, JUNIT)
        .check(OurClasses.ALL);
  }

  @Test
  void dependenciesPointFromTheCommandLineDownToTheBoard() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("devices")
        .definedBy(DEVICES)
        .layer("kernel-model")
        .definedBy(KERNEL)
        .layer("emulator")
        .definedBy(EMULATOR)
        .layer("cli")
        .definedBy(CLI)
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("emulator")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("kernel-model")
        .mayOnlyBeAccessedByLayers("emulator", "cli")
        .check(OurClasses.ALL);
  }

  @Test
  void theJunitExtensionDoesNotKnowTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage(JUNIT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(CLI)
        .check(OurClasses.ALL);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("dev.roundhouse.(**)").should().beFreeOfCycles().check(OurClasses.ALL);
  }

  @Test
  void theKernelModelSeesOfTheBoardOnlyTimeBusTraceTextAndDataFiles() {
    noClasses()
        .that()
        .resideInAPackage(KERNEL)
        .should()
        .dependOnClassesThat(
            resideInAPackage(DEVICES)
                .and(
                    resideOutsideOfPackages(
                        "dev.roundhouse.devices.time..",
                        "dev.roundhouse.devices.bus..",
                        "dev.roundhouse.devices.trace..",
                        "dev.roundhouse.devices.file..",
                        "dev.roundhouse.devices.text..")))
        .check(OurClasses.ALL);
  }

  @Test
  void theBoardsDevicesDoNotKnowTheTrainSet() {
    noClasses()
        .that()
        .resideInAPackage(DEVICES)
        .and()
        .resideOutsideOfPackage(TRAIN_SET)
        .should()
        .dependOnClassesThat(resideInAPackage(TRAIN_SET))
        .check(OurClasses.ALL);
  }

  @Test
  void noDeviceKnowsTheBoardThatItIsOn() {
    noClasses()
        .that()
        .resideInAPackage(DEVICES)
        .and()
        .resideOutsideOfPackages(BOARD, PLANT)
        .should()
        .dependOnClassesThat(resideInAPackage(BOARD))
        .check(OurClasses.ALL);
  }

  @Test
  void onlyOnePackageCallsNativeCode() {
    noClasses()
        .that()
        .resideOutsideOfPackage(NATIVE)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.SymbolLookup")
        .check(OurClasses.ALL);
  }

  @Test
  void nativeCodeAndEngineAreHiddenInTheEmulatorsModule() throws URISyntaxException {
    JavaClass cpu = OurClasses.ALL.get("dev.roundhouse.emulator.unicorn.user.UnicornCpu");
    Path place = Path.of(cpu.reflect().getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<ModuleDescriptor.Exports> exports =
        ModuleFinder.of(place).find("dev.roundhouse.emulator").orElseThrow().descriptor().exports();
    assertThat(exports)
        .isNotEmpty()
        .extracting(ModuleDescriptor.Exports::source)
        .noneMatch(name -> name.startsWith("dev.roundhouse.emulator.platform"))
        .noneMatch(name -> name.startsWith("dev.roundhouse.emulator.unicorn"));
  }

  @Test
  void onlyTheHostSerialPortAndItsLoaderUseTheSerialLibrary() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.roundhouse.emulator.platform.HostSerialPort")
        .and()
        .doNotHaveFullyQualifiedName("dev.roundhouse.emulator.platform.SerialCode")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fazecast..")
        .check(OurClasses.ALL);
  }

  @Test
  void onlyTheCommandLineKnowsItsParser() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(OurClasses.ALL);
  }
}
