package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.board.Board;

/**
 * How a kernel finds core and board, by who started it.
 *
 * @param stackPointer what sp is; 0 where the starter lends no stack, or its own is meant
 */
public record HandOver(By by, long stackPointer) {
  /** The firmware of a Raspberry Pi 4B: no stack, no UART enabled. */
  public static final HandOver OF_FIRMWARE = new HandOver(By.FIRMWARE, 0);

  private static final int[][] UART0_OF_U_BOOT = {
    {0x24, 26}, {0x28, 3}, {0x2C, 0x70}, {0x30, 0xB01}
  };

  /** Leaves a board as the starter does. */
  void prepare(Board board) {
    if (by == By.U_BOOT) {
      for (int[] store : UART0_OF_U_BOOT) {
        board.bus().write(board.layout().addresses().uart(0) + store[0], Integer.BYTES, store[1]);
      }
    }
  }

  /** Who started the kernel. */
  public enum By {
    /** The firmware, which jumps to it. */
    FIRMWARE,
    /**
     * U-Boot's {@code go}, which calls it: with a stack, and UART0 at 115200 8N1 with FIFOs (U-Boot
     * 2024.01, cmd/boot.c, do_go_exec; drivers/serial/serial_pl01x.c, pl01x_generic_setbrg).
     */
    U_BOOT
  }
}
