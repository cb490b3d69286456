package dev.roundhouse.kernel;

import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.abi.InterruptIds;
import dev.roundhouse.kernel.board.DrivenDevices;
import dev.roundhouse.kernel.board.GicDriver;
import dev.roundhouse.kernel.board.GpioDriver;
import dev.roundhouse.kernel.board.TimerDriver;
import dev.roundhouse.kernel.board.UartDriver;
import dev.roundhouse.kernel.syscall.EventCalls;
import dev.roundhouse.kernel.syscall.QuadratureEncoders;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Serves interrupts and wakes who waits for them (kernel/src/interrupt.c, 9d49562). */
final class InterruptHandler {
  private static final int GPIO_BANK_0_PINS = 28;
  private static final int MOST_IN_A_ROW = 16;

  private final InterruptIds ids;
  private final EventCalls events;
  private final Scheduler scheduler;
  private final GicDriver gic;
  private final TimerDriver timer;
  private final GpioDriver gpio;
  private final QuadratureEncoders encoders;
  private final List<Uart> uarts = new ArrayList<>();

  private record Uart(EventId event, UartDriver driver) {}

  /** The devices that the kernel drives. */
  record Drivers(
      GicDriver gic, GpioDriver gpio, QuadratureEncoders encoders, DrivenDevices devices) {}

  InterruptHandler(InterruptIds ids, EventCalls events, Scheduler scheduler, Drivers drivers) {
    this.ids = ids;
    this.events = events;
    this.scheduler = scheduler;
    this.gic = drivers.gic;
    this.gpio = drivers.gpio;
    this.encoders = drivers.encoders;
    this.timer = new TimerDriver(drivers.devices);
    for (int number : ids.uarts()) {
      uarts.add(new Uart(ids.uartEvent(number), new UartDriver(drivers.devices, number)));
    }
  }

  boolean isPending() {
    return gic.isPending();
  }

  /**
   * Serves all that is pending. A level that the program detects at a pin, and that stays, keeps
   * the real kernel here for ever (kernel/src/interrupt.c, k_intr_handler, 9d49562); this returns
   * now and then, so that time goes on, and is called again.
   *
   * @return the interrupt that the kernel does not know, at which it stops
   */
  OptionalInt serve() {
    for (int served = 0; served < MOST_IN_A_ROW; served++) {
      int id = gic.acknowledge();
      if (id == GicDriver.NONE) {
        break;
      }
      if (scheduler.isTraced()) {
        scheduler.emit(new KernelEvent.InterruptServed(id));
      }
      if (id == ids.timer()) {
        timer.disarm();
        wake(ids.timerEvent(), 0);
      } else if (id == ids.uart()) {
        uarts.forEach(this::serve);
      } else if (id == ids.gpio()) {
        serveGpio();
      } else {
        return OptionalInt.of(id);
      }
      gic.end(id);
    }
    return OptionalInt.empty();
  }

  private void serve(Uart uart) {
    long status = uart.driver.maskedStatus();
    if (status != 0) {
      uart.driver.disarm();
      wake(uart.event, status);
    }
  }

  private void serveGpio() {
    long edges = gpio.takeEdges();
    for (int pin = 0; pin < GPIO_BANK_0_PINS; pin++) {
      if ((edges >>> pin & 1) != 0) {
        encoders.edge(pin, gpio.levels());
      }
    }
  }

  private void wake(EventId event, long value) {
    for (Task task : events.takeWaiters(event)) {
      scheduler.makeReady(task, value);
    }
  }
}
