package dev.roundhouse.cli.options;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.lines.LineTarget;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --uart}: which line, and what is at its far end. */
public record UartLine(int uart, LineTarget target) {

  /** What is at each line, none of them given twice and none the console's. */
  static Map<Integer, LineTarget> targets(List<UartLine> lines, int console) throws UserError {
    Map<Integer, LineTarget> targets = new TreeMap<>();
    for (UartLine line : lines) {
      if (line.uart() == console) {
        throw new UserError(
            ExitCode.USAGE,
            "--uart "
                + Cables.label(console)
                + ": that UART is the console; give --console another one");
      }
      if (targets.put(line.uart(), line.target()) != null) {
        throw new UserError(
            ExitCode.USAGE, "--uart " + Cables.label(line.uart()) + ": given twice; give it once");
      }
    }
    return targets;
  }

  /** Reads the number of a UART that programs can use. */
  public static final class NumberConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return Cables.labelled(text)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'" + text + "' is no UART: there are 0 to 5, sc0 and sc1"));
    }
  }

  /** Reads {@code N=TARGET}. */
  public static final class Converter implements ITypeConverter<UartLine> {
    @Override
    public UartLine convert(String text) {
      Assignment line = new Assignment.Converter().convert(text);
      try {
        int uart = new NumberConverter().convert(line.name());
        return new UartLine(uart, LineTarget.parse(line.value()));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
