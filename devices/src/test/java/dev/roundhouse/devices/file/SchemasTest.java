package dev.roundhouse.devices.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.roundhouse.devices.plant.MotorPlan;
import dev.roundhouse.devices.train.BoxPlan;
import dev.roundhouse.devices.train.cs3.StationSettings;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The schemas and the loaders accept and refuse the same files. */
class SchemasTest {
  private static final String FOLDER = "/dev/roundhouse/devices/train/";
  private static final Path GUIDE = Path.of("..", "docs", "train-files.md");
  private static final Path BOARD_GUIDE = Path.of("..", "docs", "board.md");
  private static final Pattern JSON_BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  /** The kinds of files. */
  enum Kind {
    LAYOUT("layout"),
    LOCOMOTIVES("locomotives"),
    FAULTS("faults"),
    BOX("box"),
    STATION("box-cs3"),
    MOTOR("motor");

    private final String name;

    Kind(String name) {
      this.name = name;
    }

    /** A file with all that it may have, of which bad ones are made. */
    String good() {
      return resource("good-" + name + ".json");
    }

    String schema() {
      String folder = this == MOTOR ? "/dev/roundhouse/devices/plant/" : FOLDER;
      return read(folder + (this == STATION ? "box" : name) + ".schema.json");
    }

    List<Error> schemaErrors(String text) {
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
      Schema schema = registry.getSchema(schema(), InputFormat.JSON);
      return schema.validate(text, InputFormat.JSON);
    }

    void load(String text) {
      switch (this) {
        case LAYOUT -> Layout.parse("file.json", text);
        case LOCOMOTIVES -> LocomotiveCatalog.parse("file.json", text);
        case FAULTS -> FaultPlan.parse("file.json", text);
        case BOX, STATION -> BoxPlan.parse("file.json", text);
        case MOTOR -> MotorPlan.parse("file.json", text);
      }
    }

    /** The good file with one thing in the place of another. */
    String changed(String instead, String put) {
      String good = good();
      assertThat(good).contains(instead);
      return good.replaceFirst(Pattern.quote(instead), Matcher.quoteReplacement(put));
    }
  }

  private static String resource(String name) {
    return read(FOLDER + name);
  }

  private static String read(String path) {
    try (InputStream in = SchemasTest.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LAYOUT, track-a.json",
    "LAYOUT, track-b.json",
    "LAYOUT, track-c.json",
    "LAYOUT, track-d.json",
    "LOCOMOTIVES, locomotives.json",
    "LOCOMOTIVES, locomotives-2026.json",
    "LAYOUT, good-layout.json",
    "LOCOMOTIVES, good-locomotives.json",
    "FAULTS, good-faults.json",
    "BOX, box.json",
    "BOX, good-box.json",
    "STATION, box-cs3.json",
    "STATION, good-box-cs3.json",
    "MOTOR, good-motor.json"
  })
  void shippedFilesObeyTheirSchemas(Kind kind, String file) {
    assertThat(kind.schemaErrors(resource(file))).isEmpty();
    kind.load(resource(file));
  }

  @ParameterizedTest
  @CsvSource({
    "'{', 'file.json: not valid JSON, line 1, column 2'",
    "'{\"ctsLowMillis\": 1,}', 'file.json: not valid JSON, line 1, column 21'",
    "'', 'file.json: not a JSON object'"
  })
  void whatIsNoJsonIsNamedByItsPlace(String text, String message) {
    assertThatThrownBy(() -> BoxPlan.parse("file.json", text)).hasMessage(message);
  }

  @Test
  void theShippedBoxIsTheOneWithoutAFile() {
    assertThat(BoxPlan.parse("box.json", resource("box.json")))
        .isEqualTo(BoxPlan.shipped(BoxKind.SERIAL_6051));
    assertThat(BoxPlan.parse("box.json", "{}")).isEqualTo(BoxPlan.shipped(BoxKind.SERIAL_6051));
    BoxPlan.Can shipped = (BoxPlan.Can) BoxPlan.parse("box.json", resource("box-cs3.json"));
    assertThat(shipped.settings())
        .usingRecursiveComparison()
        .ignoringFields("document")
        .isEqualTo(StationSettings.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource
  void eachSchemaObeysTheMetaSchema(Kind kind) {
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));
    assertThat(metaSchema.validate(kind.schema(), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = FOLDER + "bad-files.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void bothRefuseABadFile(Kind kind, String instead, String put, String message) {
    String bad = kind.changed(instead, put == null ? "" : put);
    assertThat(kind.schemaErrors(bad)).isNotEmpty();
    assertThatThrownBy(() -> kind.load(bad))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith("file.json")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = FOLDER + "bad-to-the-loader.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void theLoaderAloneSeesWhatNoSchemaCanSay(Kind kind, String instead, String put, String message) {
    String bad = kind.changed(instead, put == null ? "" : put);
    assertThat(kind.schemaErrors(bad)).isEmpty();
    assertThatThrownBy(() -> kind.load(bad))
        .isInstanceOf(DescriptionException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theGuidesExamplesObeyTheSchemas() throws IOException {
    Matcher blocks = JSON_BLOCK.matcher(Files.readString(GUIDE) + Files.readString(BOARD_GUIDE));
    List<Kind> examples = new ArrayList<>(List.of(Kind.values()));
    examples.add(examples.indexOf(Kind.FAULTS), Kind.FAULTS); // those of CAN have their own
    for (Kind kind : examples) {
      assertThat(blocks.find()).as("an example of %s", kind).isTrue();
      assertThat(kind.schemaErrors(blocks.group(1))).isEmpty();
      kind.load(blocks.group(1));
    }
  }
}
