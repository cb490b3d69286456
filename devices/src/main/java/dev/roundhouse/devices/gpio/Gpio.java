package dev.roundhouse.devices.gpio;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.trace.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The 58 GPIO pins (BCM2711 ARM Peripherals, 5.2). An output is driven by GPSET and GPCLR, a pin
 * with an alternate function by the device behind it (5.3), any other from outside or, if nothing
 * is connected, by its pull; a pin without a pull reads as low. The choice of a PL011's pins has no
 * effect on the UART.
 */
public final class Gpio {
  /** How many pins there are. */
  public static final int PINS = 58;

  /** Bytes of its address range. */
  public static final int LENGTH = 0x200;

  /** Words that hold a bit for each pin. */
  static final int BANKS = 2;

  /** A bit for each pin. */
  static final long ALL_PINS = (1L << PINS) - 1;

  private static final int GPFSEL = 0x00;
  private static final int FUNCTION_WORDS = 6;
  private static final int PINS_PER_FUNCTION_WORD = 10;
  private static final int FUNCTION_BITS = 3;
  private static final int FUNCTION_MASK = 7;
  private static final int GPSET = 0x1C;
  private static final int GPCLR = 0x28;
  private static final int GPLEV = 0x34;
  private static final int PULL = 0xE4;
  private static final int PULL_UP = 1;
  private static final int PULL_MASK = 3;
  private static final int PINS_PER_PULL_WORD = 16;
  private static final int WORD_BYTES = 4;
  private static final int[] PULLS_AFTER_RESET = {0xAAA95555, 0xA0AAAAAA, 0x50AAA95F, 0x00055555};

  private final RegisterTable table;
  private final Register[] functions = new Register[FUNCTION_WORDS];
  private final Register[] pulls = new Register[PULLS_AFTER_RESET.length];
  private final PinDetection detection;
  private final List<Behind> behind = new ArrayList<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private final List<BooleanSupplier> sources = new ArrayList<>();
  private long latched;
  private long driven;
  private long drivenHigh;
  private long outputs;
  private long pulledUp;
  private long alternates;
  private long levels;

  /** The output of a device that a pin shows while it has a function. */
  private record Behind(int pin, PinFunction function, PinOutput output) {}

  /** Somebody outside who follows a pin. */
  private record Watcher(int pin, Runnable action) {}

  /**
   * Pins after reset.
   *
   * @param lines the interrupts of the banks 0 to 2, and of all
   */
  public Gpio(Warnings warnings, IrqLine... lines) {
    table = new RegisterTable("GPIO", LENGTH, warnings);
    detection = new PinDetection(this::steadyUntil, lines);
    for (int n = 0; n < FUNCTION_WORDS; n++) {
      functions[n] =
          table.add(
              Register.of("GPFSEL", GPFSEL + n * WORD_BYTES, Access.RW)
                  .numbered(n)
                  .writtenBy(value -> rewired()));
    }
    for (int n = 0; n < pulls.length; n++) {
      pulls[n] =
          table.add(
              Register.of("GPIO_PUP_PDN_CNTRL_REG", PULL + n * WORD_BYTES, Access.RW)
                  .numbered(n)
                  .reset(PULLS_AFTER_RESET[n])
                  .writtenBy(value -> rewired()));
    }
    for (int bank = 0; bank < BANKS; bank++) {
      addBank(bank);
    }
    detection.addTo(table);
    rewired();
  }

  private void addBank(int bank) {
    int shift = bank * Integer.SIZE;
    table.add(
        row("GPSET", GPSET, Access.WO, bank)
            .writtenBy(bits -> latch(latched | Integer.toUnsignedLong(bits) << shift)));
    table.add(
        row("GPCLR", GPCLR, Access.WO, bank)
            .writtenBy(bits -> latch(latched & ~(Integer.toUnsignedLong(bits) << shift))));
    table.add(
        row("GPLEV", GPLEV, Access.RO, bank)
            .readBy(() -> (int) (presentLevels() >>> shift))
            .steady(this::steadyUntil));
  }

  /** A row with a bit for each pin of a bank; offset is bank 0's. */
  static Register row(String name, int offset, Access access, int bank) {
    return Register.of(name, offset + bank * WORD_BYTES, access).numbered(bank);
  }

  public MmioDevice registers() {
    return table;
  }

  /** Lets a device drive a pin while the pin has a function; its level may change unannounced. */
  public void connect(int pin, PinFunction function, PinOutput output) {
    behind.add(new Behind(pin, function, output));
    rewired();
  }

  /** The function that a pin has. */
  public PinFunction function(int pin) {
    requirePin(pin);
    int shift = pin % PINS_PER_FUNCTION_WORD * FUNCTION_BITS;
    return PinFunction.of(
        functions[pin / PINS_PER_FUNCTION_WORD].value() >>> shift & FUNCTION_MASK);
  }

  /** The present level of a pin. */
  public Level level(int pin) {
    requirePin(pin);
    return Level.of((presentLevels() >>> pin & 1) != 0);
  }

  /** The share of time that a pin is high, 0 to 1: other than by its level for a PWM's pulses. */
  public double duty(int pin) {
    for (Behind device : behind) {
      if (device.pin() == pin && function(pin) == device.function()) {
        return device.output().duty();
      }
    }
    return level(pin) == Level.HIGH ? 1 : 0;
  }

  /** A device has changed the pulses of its output behind a pin. */
  public void pulsesChanged(int pin) {
    watchers.stream().filter(watcher -> watcher.pin() == pin).forEach(w -> w.action().run());
  }

  /** Drives a pin from outside; its effect is seen while no output of the chip drives it. */
  public void drive(int pin, Level level) {
    requirePin(pin);
    driven |= 1L << pin;
    drivenHigh = level == Level.HIGH ? drivenHigh | 1L << pin : drivenHigh & ~(1L << pin);
    settle();
  }

  /** Runs an action each time that a pin's level or the shape of its pulses has changed. */
  public void watch(int pin, Runnable action) {
    requirePin(pin);
    watchers.add(new Watcher(pin, action));
  }

  /** Names one more reason for which pins may change from outside without the program's doing. */
  public void addSource(BooleanSupplier mayStillChange) {
    sources.add(mayStillChange);
  }

  /** The pins of which a level keeps an interrupt asserted, for people; empty if none does. */
  public Optional<String> lastingCause() {
    return detection.lastingCause();
  }

  /**
   * Whether an interrupt of a bank, 0 to 2, may come without any task doing anything: something is
   * detected there, and pins may still change.
   */
  public boolean mayStillInterrupt(int bank) {
    return detection.isOn(bank) && sources.stream().anyMatch(BooleanSupplier::getAsBoolean);
  }

  private static void requirePin(int pin) {
    if (pin < 0 || pin >= PINS) {
      throw new IllegalArgumentException("there is no GPIO pin " + pin);
    }
  }

  private void latch(long value) {
    latched = value;
    settle();
  }

  /** Functions or pulls have changed. */
  private void rewired() {
    outputs = 0;
    pulledUp = 0;
    for (int pin = 0; pin < PINS; pin++) {
      outputs |= function(pin) == PinFunction.OUTPUT ? 1L << pin : 0;
      int shift = pin % PINS_PER_PULL_WORD * 2;
      int pull = pulls[pin / PINS_PER_PULL_WORD].value() >>> shift & PULL_MASK;
      pulledUp |= pull == PULL_UP ? 1L << pin : 0;
    }
    alternates = 0;
    for (Behind device : behind) {
      alternates |= function(device.pin()) == device.function() ? 1L << device.pin() : 0;
    }
    settle();
  }

  /** Until when levels stay as they are: those of alternate functions may change unannounced. */
  private long steadyUntil(long nowNanos) {
    return alternates == 0 ? Long.MAX_VALUE : nowNanos;
  }

  private long presentLevels() {
    if (alternates != 0) {
      settle();
    }
    return levels;
  }

  /** Lets levels follow what drives the pins, and tells who looks at them. */
  private void settle() {
    long outside = (driven & drivenHigh) | (~driven & pulledUp);
    long inside = (outputs & latched) | (alternates & alternateLevels());
    long next = inside | (~(outputs | alternates) & outside);
    long changed = next ^ levels;
    if (changed != 0) {
      levels = next;
      detection.update(next);
      for (Watcher watcher : watchers) {
        if ((changed >>> watcher.pin() & 1) != 0) {
          watcher.action().run();
        }
      }
    }
  }

  private long alternateLevels() {
    if (alternates == 0) {
      return 0;
    }
    long high = 0;
    for (Behind device : behind) {
      boolean isShown = function(device.pin()) == device.function();
      high |= isShown && device.output().level() == Level.HIGH ? 1L << device.pin() : 0;
    }
    return high;
  }
}
