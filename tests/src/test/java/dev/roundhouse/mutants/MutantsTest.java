package dev.roundhouse.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The conformance suite catches each kernel model that is wrong on purpose, by the name of the case
 * that says what is wrong.
 */
class MutantsTest {
  private static final Path KERNEL = Path.of("../kernel-model/src/main/java/dev/roundhouse/kernel");
  private static final Path PAGE = Path.of("../docs/conformance.md");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void theSuiteCatchesByName(Mutant mutant) throws IOException, ReflectiveOperationException {
    compile(mutant);
    assertThat(failingCases(mutant.caughtBy()))
        .as("cases that catch %s", mutant)
        .contains(mutant.caughtBy());
  }

  @Test
  void theRightModelPasses() throws IOException, ReflectiveOperationException {
    assertThat(failingCases("")).isEmpty();
  }

  @Test
  void theDocumentationListsThem() throws IOException {
    String page = Files.readString(PAGE);
    for (Mutant mutant : Mutant.values()) {
      assertThat(page).contains("`" + mutant.caughtBy() + "`");
    }
  }

  private void compile(Mutant mutant) throws IOException {
    Path source = folder.resolve("source").resolve(mutant.file() + ".java");
    Files.createDirectories(source.getParent());
    Files.writeString(
        source, mutant.applyTo(Files.readString(KERNEL.resolve(mutant.file() + ".java"))));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int result =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-nowarn",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            folder.resolve("classes").toString(),
            source.toString());
    assertThat(result).as("javac of " + mutant).isZero();
  }

  /** Loads all classes anew, the mutant's before the others, and runs cases by their names. */
  private List<String> failingCases(String part) throws IOException, ReflectiveOperationException {
    List<URL> places = new ArrayList<>();
    places.add(folder.resolve("classes").toUri().toURL());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      places.add(Path.of(entry).toUri().toURL());
    }
    try (var loader =
        new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      @SuppressWarnings("unchecked") // It is of the other loader, and its function is the JDK's.
      Function<String, List<String>> cases =
          (Function<String, List<String>>)
              loader.loadClass(FailingCases.class.getName()).getDeclaredConstructor().newInstance();
      return cases.apply(part);
    }
  }
}
