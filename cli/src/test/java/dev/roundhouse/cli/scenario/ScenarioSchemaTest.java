package dev.roundhouse.cli.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema and the reader accept and refuse the same scenarios. */
class ScenarioSchemaTest {
  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "scenarios"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static boolean schemaAccepts(String text) throws IOException {
    try (var in = ScenarioReader.class.getResourceAsStream("scenario.schema.json")) {
      String schema = new String(in.readAllBytes(), UTF_8);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(schema, InputFormat.JSON)
          .validate(text, InputFormat.YAML)
          .isEmpty();
    }
  }

  private static boolean readerAccepts(String text) {
    try {
      var _ = ScenarioReader.read(Path.of("x.yaml"), text);
      return true;
    } catch (ScenarioException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void bothAcceptWhatIsShipped(Path file) throws IOException {
    assertThat(schemaAccepts(Files.readString(file))).isTrue();
    assertThat(readerAccepts(Files.readString(file))).isTrue();
  }

  @Test
  void bothAcceptAKernel() throws IOException {
    String text =
        "{start: {kernel: kernel8.img, ram: 512M, reboot: end, console: sc0},"
            + " steps: [{type: {text: x, uart: 1}}, {expect: {end: rebooted}}]}";
    assertThat(schemaAccepts(text)).isTrue();
    assertThat(readerAccepts(text)).isTrue();
  }

  @Test
  void bothAcceptAllSteps() throws IOException {
    String text =
        "{start: {programs: [a.elf], profile: course, args: {N: 1}, track: {layout: b, trains: {24: C13-40}}},"
            + " steps: [{wait: 1ms}, {type: 5}, {type: {text: x, uart: 0}}, {end-input: 2},"
            + " {expect: {train: 24, stops-at: D5, within: 1m}}, {expect: {match: 'a+'}},"
            + " {expect: {screen: go, uart: 0, within: 1s}}, {expect: {screen: 5}}]}";
    assertThat(schemaAccepts(text)).isTrue();
    assertThat(readerAccepts(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{start: {system: a}}",
        "{start: {system: a}, steps: []}",
        "{start: {console: 2}, steps: [{wait: 1s}]}",
        "{start: {system: a, console: 6}, steps: [{wait: 1s}]}",
        "{start: {system: a, ram: 64M}, steps: [{wait: 1s}]}",
        "{start: {system: a, kernel: b.img}, steps: [{wait: 1s}]}",
        "{start: {kernel: b.img, args: {N: 1}}, steps: [{wait: 1s}]}",
        "{start: {kernel: b.img, ram: much}, steps: [{wait: 1s}]}",
        "{start: {kernel: b.img, reboot: maybe}, steps: [{wait: 1s}]}",
        "{start: {system: a}, steps: [{wait: 1 s}]}",
        "{start: {system: a}, steps: [{wait: 1h}]}",
        "{start: {system: a}, steps: [{sleep: 1s}]}",
        "{start: {system: a}, steps: [{wait: 1s, type: x}]}",
        "{start: {system: a}, steps: [{end-input: sc2}]}",
        "{start: {system: a}, steps: [{type: {uart: 2}}]}",
        "{start: {system: a}, steps: [{expect: {task: x}}]}",
        "{start: {system: a}, steps: [{expect: {task: x, state: dead}}]}",
        "{start: {system: a}, steps: [{expect: {text: x, match: y}}]}",
        "{start: {system: a}, steps: [{expect: {screen: x, text: y}}]}",
        "{start: {system: a}, steps: [{expect: {screen: ''}}]}",
        "{start: {system: a}, steps: [{expect: {screen: \"a\\nb\"}}]}",
        "{start: {system: a}, steps: [{expect: {train: 81, at: A4}}]}",
        "{start: {system: a}, steps: [{expect: {train: 24, at: A4, millimetres: 5}}]}",
        "{start: {system: a}, steps: [{expect: {end: soon}}]}",
        "{start: {system: a, track: {uart: 3}}, steps: [{wait: 1s}]}",
        "{start: {system: a, track: {layout: a, trains: {81: A4}}}, steps: [{wait: 1s}]}",
        "{start: {system: a, track: {layout: a, turnouts: {9: X}}}, steps: [{wait: 1s}]}",
        "{start: {system: a, profile: other}, steps: [{wait: 1s}]}",
        "{start: {system: a}, fail-on: [anything], steps: [{wait: 1s}]}",
        "{start: {system: a}, deadline: soon, steps: [{wait: 1s}]}",
        "{start: {system: a}, steps: [{wait: 1s}], more: 1}",
      })
  void bothRefuseTheSame(String text) throws IOException {
    assertThat(schemaAccepts(text)).isFalse();
    assertThat(readerAccepts(text)).isFalse();
  }
}
