package dev.roundhouse.emulator.unicorn.system;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.emulator.platform.HostPlatform;
import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.binding.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Instruction cache maintenance (IC IVAU, IC IALLU, IC IALLUIS), for which the engine does nothing
 * (Arm Architecture Reference Manual for A-profile, C5.3, and B2.7.4, "Synchronization and
 * coherency issues between data and instruction accesses"). The engine calls for every SYS
 * instruction; a few machine instructions let only these come to Java, and those by address only
 * for pages that may hold code: kernels maintain megabytes line by line.
 */
final class CacheMaintenanceHook {
  private static final long SYS = 3;
  private static final long STRUCTURE_BYTES = 32;
  private static final long CRN = 0;
  private static final long CRM = 4;
  private static final long OP1 = 12;
  private static final long VALUE = 24;

  private static final int TRANSLATIONS_CRN = 8;
  private static final int CACHES_CRN = 7;
  private static final int ALL_SHARED_CRM = 1;
  private static final int INSTRUCTIONS_CRM = 5;

  /** IC IVAU has op1 = 3; the others have op1 = 0 and no address. */
  private static final int BY_ADDRESS = 3;

  /** (engine, register, uc_arm64_cp_reg, state of {@link VirtualPages}): always 0. */
  private static final String X64 =
      """
      8b02             mov    eax, dword ptr [rdx]
      83f808           cmp    eax, 8
      7431             je     changed
      83f807           cmp    eax, 7
      753c             jne    done
      8b4204           mov    eax, dword ptr [rdx+4]
      83f801           cmp    eax, 1
      7437             je     call
      83f805           cmp    eax, 5
      752f             jne    done
      837a0c03         cmp    dword ptr [rdx+12], 3
      752c             jne    call
      488b4110         mov    rax, qword ptr [rcx+16]
      f60008           test   byte ptr [rax], 8
      7523             jnz    call
      488b4218         mov    rax, qword ptr [rdx+24]
      48c1e80c         shr    rax, 12
      483b4108         cmp    rax, qword ptr [rcx+8]
      7515             jne    call
      eb10             jmp    done
      48c74108ffffffff changed: mov qword ptr [rcx+8], -1
      48c7411801000000 mov    qword ptr [rcx+24], 1
      31c0             done: xor eax, eax
      c3               ret
      ff21             call: jmp qword ptr [rcx]
      """;

  private static final String ARM64 =
      """
      440040b9         ldr    w4, [x2]
      9f200071         cmp    w4, #8
      80020054         b.eq   changed
      9f1c0071         cmp    w4, #7
      c1020054         b.ne   done
      440440b9         ldr    w4, [x2, #4]
      9f040071         cmp    w4, #1
      a0020054         b.eq   call
      9f140071         cmp    w4, #5
      21020054         b.ne   done
      440c40b9         ldr    w4, [x2, #12]
      9f0c0071         cmp    w4, #3
      01020054         b.ne   call
      640840f9         ldr    x4, [x3, #16]
      840040b9         ldr    w4, [x4]
      a4011837         tbnz   w4, #3, call
      440c40f9         ldr    x4, [x2, #24]
      84fc4cd3         lsr    x4, x4, #12
      650440f9         ldr    x5, [x3, #8]
      9f0005eb         cmp    x4, x5
      01010054         b.ne   call
      05000014         b      done
      04008092         changed: mov x4, #-1
      640400f9         str    x4, [x3, #8]
      24008052         mov    w4, #1
      640c00f9         str    x4, [x3, #24]
      00008052         done: mov w0, #0
      c0035fd6         ret
      700040f9         call: ldr x16, [x3]
      00021fd6         br     x16
      """;

  private final VirtualPages pages;
  private final Maintenance maintenance;
  private final Consumer<Throwable> failures;

  /** What is told. */
  interface Maintenance {
    /** IC IVAU of a virtual address. */
    void line(long virtual);

    /** IC IALLU or IC IALLUIS. */
    void everything();
  }

  CacheMaintenanceHook(VirtualPages pages, Maintenance maintenance, Consumer<Throwable> failures) {
    this.pages = pages;
    this.maintenance = maintenance;
    this.failures = failures;
  }

  void add(LibUnicorn library, long engine, Arena lifetime) {
    MemorySegment target = NativeFunctions.callback(this::onSystemInstruction, lifetime);
    Optional<String> filter =
        switch (HostPlatform.current()) {
          case LINUX_X64, MACOS_X64 -> Optional.of(X64);
          case LINUX_ARM64 -> Optional.of(ARM64);
          case MACOS_ARM64, OTHER -> Optional.empty();
        };
    if (filter.isPresent()) {
      pages.callForMaintenance(target);
      MemorySegment code = new HostMemory().executable(MachineCode.of(filter.get()), lifetime);
      library.addInstructionHook(engine, SYS, code, pages.address());
    } else {
      library.addInstructionHook(engine, SYS, target, 0);
    }
  }

  /** Called by the engine: (engine, register, fields, user data); 0 = do it yourself. */
  @SuppressWarnings({"UnusedVariable", "restricted"}) // the engine passes its structure
  private long onSystemInstruction(long uc, long register, long fields, long user, long e) {
    try {
      MemorySegment field = MemorySegment.ofAddress(fields).reinterpret(STRUCTURE_BYTES);
      int crn = field.get(JAVA_INT, CRN);
      int crm = field.get(JAVA_INT, CRM);
      if (crn == TRANSLATIONS_CRN) {
        pages.mayHaveChanged();
      } else if (crn == CACHES_CRN && (crm == INSTRUCTIONS_CRM || crm == ALL_SHARED_CRM)) {
        maintain(field.get(JAVA_INT, OP1) == BY_ADDRESS, field.get(JAVA_LONG, VALUE));
      }
    } catch (Throwable failure) {
      failures.accept(failure);
    }
    return 0;
  }

  private void maintain(boolean isByAddress, long virtual) {
    if (isByAddress) {
      maintenance.line(virtual);
    } else {
      maintenance.everything();
    }
  }
}
