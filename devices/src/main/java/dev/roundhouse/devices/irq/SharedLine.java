package dev.roundhouse.devices.irq;

/** Several sources on one interrupt line: it is HIGH while any of them is. */
public final class SharedLine {
  private final IrqLine output;
  private long asserted;
  private int inputs;

  /** A line whose sources together drive {@code output}. */
  public SharedLine(IrqLine output) {
    this.output = output;
  }

  /**
   * One more source.
   *
   * @throws IllegalStateException beyond 64 sources
   */
  public IrqLine input() {
    if (inputs == Long.SIZE) {
      throw new IllegalStateException("a shared line takes " + Long.SIZE + " sources");
    }
    long bit = 1L << inputs++;
    return level -> drive(bit, level);
  }

  private void drive(long bit, Level level) {
    asserted = level == Level.HIGH ? asserted | bit : asserted & ~bit;
    output.set(asserted == 0 ? Level.LOW : Level.HIGH);
  }
}
