package dev.roundhouse.emulator.record;

import dev.roundhouse.emulator.input.InputSource;
import java.util.List;

/** What kind of input a UART had. The order is part of the file format. */
enum LineKind {
  NOTHING,
  WAITING,
  LIVE;

  static final List<LineKind> ALL = List.of(values());

  static LineKind of(InputSource source) {
    return switch (source) {
      case InputSource.Nothing() -> NOTHING;
      case InputSource.Waiting _ -> WAITING;
      case InputSource.Live _ -> LIVE;
      case InputSource.SimulatedTrains _ ->
          throw new IllegalArgumentException("a line that no recording has");
    };
  }
}
