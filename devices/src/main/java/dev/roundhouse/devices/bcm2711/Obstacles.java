package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.gic.Gic400;
import dev.roundhouse.devices.timer.GenericTimer;
import dev.roundhouse.devices.timer.SystemTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Why interrupts do not come: what a kernel has forgotten that waits for them. */
record Obstacles(Bcm2711 board) implements Board.Interruptions {
  private static final int FIRST_OF_DEVICES = 16;
  private static final int INTERRUPTS = 256;

  @Override
  public long taken() {
    return board.gic().interruptsTaken();
  }

  @Override
  public Optional<Board.Request> request() {
    return board.gic().request().map(this::named);
  }

  @Override
  public Optional<Board.Request> unended() {
    return board.gic().unended().map(this::named);
  }

  private Board.Request named(Gic400.Request asked) {
    return new Board.Request(
        "interrupt %d (%s)".formatted(asked.id(), nameOf(asked.id())), asked.sinceNanos());
  }

  @Override
  public List<String> held() {
    List<String> lines = new ArrayList<>();
    Gic400 gic = board.gic();
    IntStream.range(FIRST_OF_DEVICES, INTERRUPTS)
        .filter(id -> gic.isPending(id) || isArmed(id))
        .forEach(id ->
            gic.whyHeld(id)
                .ifPresent(
                    why -> lines.add("interrupt %d (%s): %s".formatted(id, nameOf(id), why))));
    return lines;
  }

  private boolean isArmed(int id) {
    int compare = id - Bcm2711.SYSTEM_TIMER_INTERRUPT;
    if (compare >= 0 && compare < SystemTimer.COMPARES) {
      return board.systemTimer().compareLiesAhead(compare);
    }
    GenericTimer timer = board.genericTimer();
    return switch (id) {
      case GenericTimer.PHYSICAL_INTERRUPT -> timer.physical().mayInterrupt();
      case GenericTimer.VIRTUAL_INTERRUPT -> timer.virtual().mayInterrupt();
      case GenericTimer.HYPERVISOR_INTERRUPT -> timer.hypervisor().mayInterrupt();
      case Bcm2711.UART_INTERRUPT ->
          Bcm2711.UARTS.stream().anyMatch(n -> board.uart(n).mayStillInterrupt());
      case Bcm2711.AUX_INTERRUPT -> board.auxMayStillInterrupt();
      default -> false;
    };
  }

  /** What asks for an interrupt. */
  String nameOf(int id) {
    int compare = id - Bcm2711.SYSTEM_TIMER_INTERRUPT;
    if (compare >= 0 && compare < SystemTimer.COMPARES) {
      return "system timer, compare " + compare;
    }
    return switch (id) {
      case GenericTimer.PHYSICAL_INTERRUPT -> "EL1 physical timer";
      case GenericTimer.VIRTUAL_INTERRUPT -> "virtual timer";
      case GenericTimer.HYPERVISOR_INTERRUPT -> "EL2 timer";
      case Bcm2711.UART_INTERRUPT -> "UARTs";
      case Bcm2711.AUX_INTERRUPT -> "mini UART, SPI1, SPI2";
      case Bcm2711.MAILBOX_INTERRUPT -> "VideoCore mailbox";
      case Bcm2711.GPIO_INTERRUPT,
          Bcm2711.GPIO_INTERRUPT + 1,
          Bcm2711.GPIO_INTERRUPT + 2,
          Bcm2711.GPIO_INTERRUPT + 3 ->
          board.gpio().lastingCause().orElse("GPIO");
      default -> "no device of this board";
    };
  }
}
