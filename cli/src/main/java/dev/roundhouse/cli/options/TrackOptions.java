package dev.roundhouse.cli.options;

import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.setup.TrackRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options about what is on a simulated track. */
public final class TrackOptions {
  @Option(
      names = "--train",
      paramLabel = "N@SENSOR",
      converter = Train.Converter.class,
      description = "A train on a simulated track, standing just past that sensor, as in 24@C13.")
  private List<Train> trains = new ArrayList<>();

  @Option(
      names = "--turnout",
      paramLabel = "N=S|C",
      converter = Turnout.Converter.class,
      description = "A simulated track's turnout that is straight or curved at the start.")
  private List<Turnout> turnouts = new ArrayList<>();

  @Option(
      names = "--locomotives",
      paramLabel = "FILE",
      description = "The locomotives of a simulated track, in place of the shipped ones.")
  private @Nullable Path locomotives;

  @Option(
      names = "--box",
      paramLabel = "6051|cs3|FILE",
      description = "The box of a simulated track, if not the layout's as it is shipped.")
  private @Nullable Path box;

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "What goes wrong on a simulated track, and when.")
  private @Nullable Path faults;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description =
          "The seed of all that is left to chance on a simulated track; each one is another day, on"
              + " which locomotives differ from their means. 0, as without: they do not.")
  private long seed;

  @Option(
      names = "--ideal",
      description = "Locomotives are the means of what was measured, also with --seed.")
  private boolean ideal;

  /** What is wished. */
  public TrackRequest request() throws UserError {
    Map<Integer, String> places = new TreeMap<>();
    for (Train train : trains) {
      if (places.put(train.number(), train.sensor()) != null) {
        throw new UserError(
            ExitCode.USAGE, "--train " + train.number() + ": given twice; give it once");
      }
    }
    Map<Integer, Position> positions = new TreeMap<>();
    turnouts.forEach(turnout -> positions.put(turnout.number(), turnout.position()));
    return new TrackRequest(
        places,
        positions,
        new TrackRequest.DataFiles(
            Optional.ofNullable(locomotives),
            Optional.ofNullable(box),
            Optional.ofNullable(faults)),
        ideal ? TrackRequest.Scatter.NONE : TrackRequest.Scatter.BY_SEED,
        seed);
  }

  private static int wholeNumber(String text, String whole) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + whole + "' does not begin with a number");
    }
  }

  /** Where a train stands. */
  public record Train(int number, String sensor) {
    /** Reads {@code N@SENSOR}. */
    public static final class Converter implements ITypeConverter<Train> {
      @Override
      public Train convert(String text) {
        int at = text.indexOf('@');
        if (at < 1 || at == text.length() - 1) {
          throw new TypeConversionException("'" + text + "' is not of the form 24@C13");
        }
        return new Train(wholeNumber(text.substring(0, at), text), text.substring(at + 1));
      }
    }
  }

  /** Where a turnout is. */
  public record Turnout(int number, Position position) {
    /** Reads {@code N=S} or {@code N=C}. */
    static final class Converter implements ITypeConverter<Turnout> {
      @Override
      public Turnout convert(String text) {
        Assignment turnout = new Assignment.Converter().convert(text);
        Position position =
            switch (turnout.value()) {
              case "S" -> Position.STRAIGHT;
              case "C" -> Position.CURVED;
              default ->
                  throw new TypeConversionException(
                      "'" + text + "': a turnout is S, straight, or C, curved");
            };
        return new Turnout(wholeNumber(turnout.name(), text), position);
      }
    }
  }
}
