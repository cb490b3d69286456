package dev.roundhouse.emulator.unicorn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/** A library that the tests run on, or why it is not there. */
record EngineUnderTest(String name, Optional<UnicornLibrary> library) {
  static Stream<EngineUnderTest> all() {
    return Stream.concat(
        Stream.of(installed(), embedded()),
        Stream.ofNullable(System.getenv("ROUNDHOUSE_TEST_ENGINES"))
            .flatMap(paths -> Stream.of(paths.split(":")))
            .map(path ->
                new EngineUnderTest(path, Optional.of(UnicornLibrary.load(Path.of(path))))));
  }

  private static EngineUnderTest installed() {
    Path engines = Path.of(System.getProperty("user.home"), ".cache", "roundhouse", "engine");
    Path file = engines.resolve("unicorn-2.1.1-amd64").resolve("libunicorn.so.2");
    return Files.exists(file)
        ? new EngineUnderTest("best", Optional.of(UnicornLibrary.load(file)))
        : new EngineUnderTest("best (missing: run build/install-engine)", Optional.empty());
  }

  private static EngineUnderTest embedded() {
    try (InputStream library =
        EngineUnderTest.class.getResourceAsStream("/natives/linux_64/libunicorn.so")) {
      assertThat(library).isNotNull();
      Path copy = Files.createTempFile("libunicorn", ".so");
      Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
      UnicornLibrary loaded = UnicornLibrary.load(copy);
      Files.delete(copy);
      return new EngineUnderTest("embedded", Optional.of(loaded));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
