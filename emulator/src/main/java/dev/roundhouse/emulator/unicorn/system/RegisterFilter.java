package dev.roundhouse.emulator.unicorn.system;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.cpu.CoreRegisters;
import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.emulator.platform.HostPlatform;
import dev.roundhouse.emulator.unicorn.binding.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Lets only some system registers' accesses come to Java: a few machine instructions that look the
 * register up in a table, a byte for each {@link CoreRegisters#key}. The engine calls for every MRS
 * and MSR, and most of them are none of ours.
 *
 * <pre>
 *   offset 0   address of the state of {@link VirtualPages}
 *   offset 8   address of the function to call
 *   offset 16  the table: 1 calls it, 0 answers 0, "do it yourself", and 2 does so too, when
 *              VirtualPages was told
 * </pre>
 */
final class RegisterFilter {
  /** The entry of a register whose accesses come to Java. */
  static final byte CALLS = 1;

  /** The entry of a register that decides where addresses are. */
  static final byte CHANGES_TABLES = 2;

  private static final long PAGES = 0;
  private static final long FUNCTION = 8;
  private static final long TABLE = 16;

  /** (engine, register, uc_arm64_cp_reg, state): the table's index is made of its fields. */
  private static final String X64 =
      """
      8b420c           mov    eax, dword ptr [rdx+12]
      c1e004           shl    eax, 4
      0b02             or     eax, dword ptr [rdx]
      c1e004           shl    eax, 4
      0b4204           or     eax, dword ptr [rdx+4]
      c1e003           shl    eax, 3
      0b4210           or     eax, dword ptr [rdx+16]
      0fb6440110       movzx  eax, byte ptr [rcx+rax+16]
      85c0             test   eax, eax
      7418             jz     done
      83f801           cmp    eax, 1
      7416             je     call
      488b01           mov    rax, qword ptr [rcx]
      48c74008ffffffff mov    qword ptr [rax+8], -1
      48c7401801000000 mov    qword ptr [rax+24], 1
      31c0             done: xor eax, eax
      c3               ret
      ff6108           call: jmp qword ptr [rcx+8]
      """;

  private static final String ARM64 =
      """
      440c40b9         ldr    w4, [x2, #12]
      450040b9         ldr    w5, [x2]
      a410042a         orr    w4, w5, w4, lsl #4
      450440b9         ldr    w5, [x2, #4]
      a410042a         orr    w4, w5, w4, lsl #4
      451040b9         ldr    w5, [x2, #16]
      a40c042a         orr    w4, w5, w4, lsl #3
      6400048b         add    x4, x3, x4
      84404039         ldrb   w4, [x4, #16]
      04010034         cbz    w4, done
      9f040071         cmp    w4, #1
      00010054         b.eq   call
      650040f9         ldr    x5, [x3]
      04008092         mov    x4, #-1
      a40400f9         str    x4, [x5, #8]
      24008052         mov    w4, #1
      a40c00f9         str    x4, [x5, #24]
      00008052         done: mov w0, #0
      c0035fd6         ret
      700440f9         call: ldr x16, [x3, #8]
      00021fd6         br     x16
      """;

  private RegisterFilter() {}

  /** The code for a platform, where we have it and the platform lets pages become executable. */
  static Optional<byte[]> forPlatform(HostPlatform platform) {
    return switch (platform) {
      case LINUX_X64, MACOS_X64 -> Optional.of(MachineCode.of(X64));
      case LINUX_ARM64 -> Optional.of(arm64());
      case MACOS_ARM64, OTHER -> Optional.empty();
    };
  }

  static byte[] arm64() {
    return MachineCode.of(ARM64);
  }

  /** What code works on that calls {@code function} for the registers that {@code table} says. */
  static MemorySegment state(MemorySegment function, byte[] table, long pages, Arena lifetime) {
    MemorySegment state = lifetime.allocate(TABLE + table.length, JAVA_LONG.byteAlignment());
    state.set(JAVA_LONG, PAGES, pages);
    state.set(JAVA_LONG, FUNCTION, function.address());
    MemorySegment.copy(MemorySegment.ofArray(table), 0, state, TABLE, table.length);
    return state;
  }

  /**
   * The hook before {@code function}: function and user data, for the engine.
   *
   * @param table {@link #CALLS}, {@link #CHANGES_TABLES} or 0 for each {@link CoreRegisters#key}
   */
  static EventSites.Hook hook(
      MemorySegment function, byte[] table, VirtualPages pages, Arena lifetime) {
    return forPlatform(HostPlatform.current())
        .map(code ->
            new EventSites.Hook(
                new HostMemory().executable(code, lifetime),
                state(function, table, pages.address(), lifetime).address()))
        .orElseGet(() -> new EventSites.Hook(function, 0));
  }
}
