package dev.roundhouse.kernel.syscall;

import dev.roundhouse.kernel.board.GpioDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The quadrature encoders that programs have set up (kernel/src/encoder.c, 9d49562). */
public final class QuadratureEncoders {
  /** What a change of the two pins means: index is old a, old b, new a, new b. */
  private static final int[] DIRECTION = {0, -1, 1, 0, 1, 0, 0, -1, -1, 0, 0, 1, 0, 1, -1, 0};

  private final GpioDriver gpio;
  private final int most;
  private final List<Encoder> encoders = new ArrayList<>();

  /** What an encoder has counted: the struct that programs read, field by field. */
  public record Counts(long forward, long backward, long invalid1, long invalid2, long debug) {
    /** Nothing counted. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** Bytes of the struct. */
    public static final int BYTES = 5 * Long.BYTES;
  }

  private static final class Encoder {
    final int pinA;
    final int pinB;
    int latest;
    Counts counts = Counts.NONE;

    Encoder(int pinA, int pinB) {
      this.pinA = pinA;
      this.pinB = pinB;
    }

    int phase(long levels) {
      return (int) (levels >>> pinA & 1) << 1 | (int) (levels >>> pinB & 1);
    }
  }

  /**
   * No encoders yet.
   *
   * @param most how many there can be
   */
  public QuadratureEncoders(GpioDriver gpio, int most) {
    this.gpio = gpio;
    this.most = most;
  }

  /** Whether all encoders are in use. */
  public boolean areAllInUse() {
    return encoders.size() == most;
  }

  /** Sets up an encoder at two GPIO pins, 0 to 63, and gives its id (encoder_init). */
  public int add(int pinA, int pinB) {
    Encoder encoder = new Encoder(pinA, pinB);
    encoder.latest = encoder.phase(gpio.levels());
    encoders.add(encoder);
    for (int pin : new int[] {pinA, pinB}) {
      gpio.configure(pin, GpioDriver.Function.INPUT, GpioDriver.Resistor.PULL_DOWN);
    }
    gpio.detectEdges(pinA);
    gpio.detectEdges(pinB);
    return encoders.size() - 1;
  }

  /** Takes and clears what an encoder has counted; nothing for an id without encoder. */
  public Optional<Counts> take(int id) {
    if (id < 0 || id >= encoders.size()) {
      return Optional.empty();
    }
    Counts counts = encoders.get(id).counts;
    encoders.get(id).counts = Counts.NONE;
    return Optional.of(counts);
  }

  /**
   * Counts an edge at {@code pin} (process_intr_gpio_pin and encoder_update). A pin belongs to the
   * encoder that was set up there last.
   *
   * @param levels the levels of all pins after the edge, pin 0 in bit 0
   */
  public void edge(int pin, long levels) {
    for (int id = encoders.size() - 1; id >= 0; id--) {
      Encoder encoder = encoders.get(id);
      if (encoder.pinA == pin || encoder.pinB == pin) {
        count(encoder, encoder.phase(levels));
        return;
      }
    }
  }

  private static void count(Encoder encoder, int phase) {
    Counts c = encoder.counts;
    int direction = DIRECTION[encoder.latest << 2 | phase];
    boolean isSame = encoder.latest == phase;
    encoder.counts =
        new Counts(
            c.forward + (direction > 0 ? 1 : 0),
            c.backward + (direction < 0 ? 1 : 0),
            c.invalid1 + (direction == 0 && isSame ? 1 : 0),
            c.invalid2 + (direction == 0 && !isSame ? 1 : 0),
            c.debug);
    encoder.latest = phase;
  }
}
