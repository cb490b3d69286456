package dev.roundhouse.emulator.record;

import dev.roundhouse.emulator.input.Handshake;
import dev.roundhouse.emulator.input.InputSource;
import java.util.List;

/** What kind of input a serial line had. The order is part of the file format. */
enum LineKind {
  NOTHING,
  WAITING,
  LIVE,
  LIVE_BY_BYTE,
  TRAINS;

  static final List<LineKind> ALL = List.of(values());

  static LineKind of(InputSource source) {
    return switch (source) {
      case InputSource.Nothing() -> NOTHING;
      case InputSource.Waiting _ -> WAITING;
      case InputSource.Live(_, var handshake) ->
          handshake == Handshake.BY_BYTE ? LIVE_BY_BYTE : LIVE;
      case InputSource.SimulatedTrains _ -> TRAINS;
    };
  }
}
