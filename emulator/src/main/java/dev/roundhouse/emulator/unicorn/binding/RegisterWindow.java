package dev.roundhouse.emulator.unicorn.binding;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.kernel.abi.SavedRegisters;
import java.lang.foreign.MemorySegment;

/**
 * The engine's own array of x0 to x30, sp and pc, read and written in place.
 *
 * <p>The engine's interface costs about 3.5 ns a register and 47 ns for pc, which it answers by
 * leaving its loop; in place a whole task switch costs ten. Where the array lies is found by {@link
 * RegisterWindowFinder}. A pc written here counts only where the engine looks at pc next: inside
 * its interrupt hook.
 */
public final class RegisterWindow {
  static final int REGISTERS = SavedRegisters.PC + 1;

  private final MemorySegment registers;

  /**
   * A window at an address that is known to be right: nothing checks it.
   *
   * @param address of x0
   */
  @SuppressWarnings("restricted") // the finder has checked the place
  RegisterWindow(long address) {
    registers = MemorySegment.ofAddress(address).reinterpret(REGISTERS * JAVA_LONG.byteSize());
  }

  /** The address of x0. */
  public long address() {
    return registers.address();
  }

  /** The 64 bits at a place. */
  public long get(int place) {
    return registers.getAtIndex(JAVA_LONG, place);
  }

  /** Sets the 64 bits at a place. */
  public void set(int place, long value) {
    registers.setAtIndex(JAVA_LONG, place, value);
  }

  /** Copies registers {@code first} to {@code last}, both included, into their places. */
  public void read(int first, int last, long[] into) {
    for (int place = first; place <= last; place++) {
      into[place] = get(place);
    }
  }

  /** Copies registers {@code first} to {@code last}, both included, from their places. */
  public void write(int first, int last, long[] from) {
    for (int place = first; place <= last; place++) {
      set(place, from[place]);
    }
  }
}
