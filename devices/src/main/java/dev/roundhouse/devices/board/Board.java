package dev.roundhouse.devices.board;

import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.irq.SourceState;
import dev.roundhouse.devices.pmu.PerformanceMonitor;
import dev.roundhouse.devices.timer.GenericTimer;
import dev.roundhouse.devices.uart.Uart;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The hardware around a core, whichever chip it is on, from one reset to the next. It owns its
 * devices and what they are about to do.
 */
public interface Board {
  /** What is fixed of it: where things are and what they are called. */
  BoardLayout layout();

  /** Where the core's loads and stores go that are in device space. */
  Bus bus();

  /** Gives RAM to those devices that reach it by themselves. */
  void attach(PhysicalMemory ram);

  /** Whether the interrupt controller asks the core to take an interrupt; quick. */
  boolean irqAsserted();

  /**
   * Whether, as devices and interrupt controller are set up, an interrupt may still come without
   * the core doing anything.
   */
  boolean mayStillInterrupt();

  /**
   * Whether one source of an interrupt may still ask for it, enabled or not, without the core doing
   * anything.
   *
   * @param interrupt its id at the interrupt controller
   * @param source which of those that share it: a serial line's number; 0 where nothing is shared
   */
  boolean mayStillInterrupt(int interrupt, int source);

  /** What has become of one source of an interrupt that will not come. */
  SourceState sourceState(int interrupt, int source);

  /** How interrupts reach the core, for reports. */
  Interruptions interruptions();

  /** What comes of the interrupts that devices ask for. */
  interface Interruptions {
    /** Those that are asked for, or will be, and do not reach the core, and why: a line each. */
    List<String> held();

    /** How many the core has acknowledged. */
    long taken();

    /** What the core is asked to take now. */
    Optional<Request> request();

    /** What the core has taken and not ended. */
    Optional<Request> unended();
  }

  /** An interrupt that the core is asked to take or has taken, for people, and since when. */
  record Request(String what, long sinceNanos) {}

  /**
   * The UART of a serial line.
   *
   * @param number of one of {@link BoardLayout#lines}
   * @throws IllegalArgumentException for any other
   */
  Uart line(int number);

  /** Devices that send to no pin, and what to do: a line each. */
  List<String> unconnected();

  /** The pins, to which something may be connected. */
  Gpio gpio();

  /** Connects the board's CAN controller to a bus; until then it is alone on one. */
  void connect(CanBus bus);

  /** The core's own timer, which is reached by system registers and not by the bus. */
  GenericTimer genericTimer();

  /** The core's performance monitors, likewise. */
  PerformanceMonitor performanceMonitor();

  /** Whether a program has asked for a reset. */
  boolean rebootRequested();

  /** Has {@code action} run with the exit code when a program ends the run by a device. */
  void whenExitAsked(IntConsumer action);

  /**
   * Resets the board: what this one was about to do is gone, and nothing of it may be used any
   * more.
   *
   * @return the board after the firmware has run again, with open lines and pins; time goes on
   */
  Board reset();
}
