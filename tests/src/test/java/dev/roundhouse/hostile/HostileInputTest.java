package dev.roundhouse.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged files of each kind: the command that reads one ends in time with an exit code of its
 * page, what it says is clear text, and the JVM lives.
 *
 * <p>{@code -Dhostile.mutants=N} runs N of each kind, {@code -Dhostile.seed=N} others than usual;
 * {@code -Dhostile.kind=KIND} with {@code -Dhostile.number=N} one again. Files that something was
 * wrong with are kept in {@code tests/target/hostile}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {
  private static final Path FOLDER = Path.of("target/hostile").toAbsolutePath();
  private static final long SEED = Long.getLong("hostile.seed", 1);
  private static final int MUTANTS = Integer.getInteger("hostile.mutants", 50);

  private Workers workers;

  @BeforeAll
  void hire() throws IOException {
    workers = new Workers(FOLDER);
  }

  @AfterAll
  void dismiss() {
    workers.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void aDamagedFileEndsItsCommandWithADocumentedExitCode(HostileFile kind)
      throws IOException, InterruptedException {
    List<String> complaints = new ArrayList<>();
    for (int number : numbers()) {
      workers.run(new Mutant(kind, SEED, number)).ifPresent(complaints::add);
    }
    assertThat(String.join("\n", complaints)).isEmpty();
  }

  static Stream<HostileFile> kinds() {
    String one = System.getProperty("hostile.kind");
    return one == null ? Stream.of(HostileFile.values()) : Stream.of(HostileFile.valueOf(one));
  }

  private static int[] numbers() {
    Integer one = Integer.getInteger("hostile.number");
    return one == null ? IntStream.range(0, MUTANTS).toArray() : new int[] {one};
  }
}
