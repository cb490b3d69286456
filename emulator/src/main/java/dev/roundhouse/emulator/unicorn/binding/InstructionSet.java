package dev.roundhouse.emulator.unicorn.binding;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.platform.OwnMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Makes the engine's Cortex-A72 the one of the BCM2711, which is without the Cryptographic
 * Extension: AESE, SHA1C, PMULL of 64 bits and the like are undefined. The engine decodes by what
 * it keeps of the identification registers (qemu/target/arm/cpu.h, ARMISARegisters), which no call
 * of its interface changes; they lie behind its general registers, and are found by what a
 * Cortex-A72 has in five of them in a row.
 */
public final class InstructionSet {
  private static final int PROCESSOR_BYTES = 1 << 16;

  /** ID_AA64ISAR0_EL1, ISAR1, PFR0, PFR1 and MMFR0. */
  private static final long[] WITH_CRYPTOGRAPHY = {0x11120, 0, 0x2222, 0, 0x1124};

  /** ID_AA64ISAR0_EL1 with CRC32 alone. */
  private static final long WITHOUT = 0x10000;

  private InstructionSet() {}

  /**
   * Takes the extension away from an engine that has executed nothing; does nothing where its
   * structures are others or the host gives no safe way to look.
   */
  @SuppressWarnings("restricted") // the place has been read, and holds what it should
  public static void restrict(RegisterWindow registers) {
    try (OwnMemory memory = OwnMemory.open()) {
      long[] words = memory.read(registers.address(), PROCESSOR_BYTES);
      for (int word = 0; word + WITH_CRYPTOGRAPHY.length <= words.length; word++) {
        if (words[word] == WITH_CRYPTOGRAPHY[0] && isAt(words, word)) {
          MemorySegment.ofAddress(registers.address() + (long) word * Long.BYTES)
              .reinterpret(Long.BYTES)
              .set(JAVA_LONG, 0, WITHOUT);
        }
      }
    } catch (IOException e) {
      // The host does not show the memory: the engine stays as it is, as docs/boot.md says.
    }
  }

  private static boolean isAt(long[] words, int start) {
    for (int n = 0; n < WITH_CRYPTOGRAPHY.length; n++) {
      if (words[start + n] != WITH_CRYPTOGRAPHY[n]) {
        return false;
      }
    }
    return true;
  }
}
