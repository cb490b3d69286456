package dev.roundhouse.devices.register;

/**
 * A field of a register.
 *
 * @param name as in the manual
 * @param shift position of its lowest bit
 * @param width bits, 1 to 32
 * @param support whether it is modelled
 */
public record Field(String name, int shift, int width, Support support) {
  /** Checks that the field lies in a 32-bit register. */
  public Field {
    if (shift < 0 || width < 1 || shift + width > Integer.SIZE) {
      throw new IllegalArgumentException("field " + name + " is not inside a 32-bit register");
    }
  }

  /** A modelled field of {@code width} bits. */
  public static Field of(String name, int shift, int width) {
    return new Field(name, shift, width, Support.MODELLED);
  }

  /** A modelled field of one bit. */
  public static Field bit(String name, int shift) {
    return of(name, shift, 1);
  }

  /** A field of {@code width} bits that is stored without effect. */
  public static Field unmodelled(String name, int shift, int width) {
    return new Field(name, shift, width, Support.UNMODELLED);
  }

  /** The field's bits in place. */
  public int mask() {
    return (int) ((1L << width) - 1) << shift;
  }

  /** The field's value within {@code register}. */
  public int in(int register) {
    return (register & mask()) >>> shift;
  }

  /** A register's bits with {@code value} in the field and zeros beside it. */
  public int with(int value) {
    return value << shift & mask();
  }

  /** {@code register} with {@code value} in the field. */
  public int replacedIn(int register, int value) {
    return (register & ~mask()) | with(value);
  }

  /** Whether any bit of the field is set in {@code register}. */
  public boolean isSetIn(int register) {
    return (register & mask()) != 0;
  }
}
