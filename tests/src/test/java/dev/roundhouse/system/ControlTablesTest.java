package dev.roundhouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The control program knows the tracks and locomotives that the product's data files describe. */
class ControlTablesTest {
  private static final String FOLDER = "firmware-images/programs/train-control/parts";

  @ParameterizedTest
  @ValueSource(strings = {ControlTables.TRACKS, ControlTables.LOCOMOTIVES})
  void theTablesInTheSourcesAreThoseOfTheDataFiles(String file) throws IOException {
    Path folder = Files.exists(Path.of(FOLDER)) ? Path.of(FOLDER) : Path.of("..").resolve(FOLDER);
    String made =
        file.equals(ControlTables.TRACKS) ? ControlTables.tracks() : ControlTables.locomotives();
    assertThat(Files.readString(folder.resolve(file))).isEqualTo(made);
  }
}
