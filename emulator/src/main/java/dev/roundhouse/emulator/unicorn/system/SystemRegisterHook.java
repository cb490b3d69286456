package dev.roundhouse.emulator.unicorn.system;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.cpu.CoreTimer;
import dev.roundhouse.emulator.hostos.HostMemory;
import dev.roundhouse.emulator.hostos.HostPlatform;
import dev.roundhouse.emulator.hostos.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.binding.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes the generic timer's registers away from the engine, which would read the host's clock, and
 * tells of writes to registers that control the core (CRn = 1). The engine calls for every MRS and
 * MSR; a few machine instructions let only these come to Java, where we have them for the host.
 */
final class SystemRegisterHook {
  private static final long MRS = 1;
  private static final long MSR = 2;
  private static final int TIMER_CRN = 14;
  private static final int CONTROL_CRN = 1;
  private static final int TABLES_CRN = 2;
  private static final int FIELDS = 5;
  private static final int ZERO_REGISTER = 31;
  private static final long STRUCTURE_BYTES = 6 * JAVA_INT.byteSize() + JAVA_LONG.byteSize();
  private static final long STATE_BYTES = 16;
  private static final long PAGES = 0;
  private static final long FUNCTION = 8;
  private static final long HANDLED = 1;

  /** (engine, register, uc_arm64_cp_reg, state): 0 unless CRn, its first field, is 14. */
  private static final String X64_READ =
      """
      833a0e           cmp    dword ptr [rdx], 14
      7503             jne    done
      ff6108           jmp    qword ptr [rcx+8]
      31c0             done: xor eax, eax
      c3               ret
      """;

  private static final String ARM64_READ =
      """
      440040b9         ldr    w4, [x2]
      9f380071         cmp    w4, #14
      61000054         b.ne   done
      700440f9         ldr    x16, [x3, #8]
      00021fd6         br     x16
      00008052         done: mov w0, #0
      c0035fd6         ret
      """;

  /** Calls for 14 and 1; with 2 it tells {@link VirtualPages}, whose address is in the state. */
  private static final String X64_WRITE =
      """
      8b02             mov    eax, dword ptr [rdx]
      83f80e           cmp    eax, 14
      7420             je     call
      83f801           cmp    eax, 1
      741b             je     call
      83f802           cmp    eax, 2
      7513             jne    done
      488b01           mov    rax, qword ptr [rcx]
      48c74008ffffffff mov    qword ptr [rax+8], -1
      48c7401801000000 mov    qword ptr [rax+24], 1
      31c0             done: xor eax, eax
      c3               ret
      ff6108           call: jmp qword ptr [rcx+8]
      """;

  private static final String ARM64_WRITE =
      """
      440040b9         ldr    w4, [x2]
      9f380071         cmp    w4, #14
      80010054         b.eq   call
      9f040071         cmp    w4, #1
      40010054         b.eq   call
      9f080071         cmp    w4, #2
      c1000054         b.ne   done
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

  private final CoreTimer timer;
  private final SystemWindow window;
  private final VirtualPages pages;
  private final Runnable controlWritten;
  private final Consumer<Throwable> failures;

  /** {@code controlWritten} is called before the write. */
  SystemRegisterHook(
      CoreTimer timer,
      SystemWindow window,
      VirtualPages pages,
      Runnable controlWritten,
      Consumer<Throwable> failures) {
    this.timer = timer;
    this.window = window;
    this.pages = pages;
    this.controlWritten = controlWritten;
    this.failures = failures;
  }

  void add(LibUnicorn library, long engine, Arena lifetime) {
    add(library, engine, MRS, NativeFunctions.callback(this::onRead, lifetime), lifetime);
    add(library, engine, MSR, NativeFunctions.callback(this::onWrite, lifetime), lifetime);
  }

  private static Optional<String> filter(long instruction) {
    boolean isRead = instruction == MRS;
    return switch (HostPlatform.current()) {
      case LINUX_X64, MACOS_X64 -> Optional.of(isRead ? X64_READ : X64_WRITE);
      case LINUX_ARM64 -> Optional.of(isRead ? ARM64_READ : ARM64_WRITE);
      case MACOS_ARM64, OTHER -> Optional.empty();
    };
  }

  private void add(
      LibUnicorn library, long engine, long instruction, MemorySegment target, Arena lifetime) {
    Optional<String> code = filter(instruction);
    if (code.isPresent()) {
      MemorySegment state = lifetime.allocate(STATE_BYTES, JAVA_LONG.byteAlignment());
      state.set(JAVA_LONG, PAGES, pages.address());
      state.set(JAVA_LONG, FUNCTION, target.address());
      MemorySegment filter = new HostMemory().executable(MachineCode.of(code.get()), lifetime);
      library.addInstructionHook(engine, instruction, filter, state.address());
    } else {
      library.addInstructionHook(engine, instruction, target, 0);
    }
  }

  /** Called by the engine: (engine, register, fields, user data); 1 = done, 0 = do it yourself. */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  private long onRead(long uc, long register, long fields, long user, long e) {
    try {
      int[] field = fields(fields);
      if (field[0] != TIMER_CRN) {
        return 0;
      }
      long value = timer.read(CoreTimer.key(field[3], field[1], field[4]));
      if (value == CoreTimer.NOT_HERE) {
        return 0;
      }
      int number = Arm64Register.generalNumber((int) register);
      if (number != ZERO_REGISTER) {
        window.setGeneral(number, value);
      }
      return HANDLED;
    } catch (Throwable failure) {
      failures.accept(failure);
      return 0;
    }
  }

  /** Called by the engine: (engine, register, fields, user data). */
  @SuppressWarnings("UnusedVariable")
  private long onWrite(long uc, long register, long fields, long user, long e) {
    try {
      int[] field = fields(fields);
      if (field[0] == CONTROL_CRN || field[0] == TABLES_CRN) {
        pages.mayHaveChanged();
      }
      if (field[0] == CONTROL_CRN) {
        controlWritten.run();
      }
      if (field[0] != TIMER_CRN) {
        return 0;
      }
      int number = Arm64Register.generalNumber((int) register);
      long value = number == ZERO_REGISTER ? 0 : window.general(number);
      return timer.write(CoreTimer.key(field[3], field[1], field[4]), value) ? HANDLED : 0;
    } catch (Throwable failure) {
      failures.accept(failure);
      return 0;
    }
  }

  /** CRn, CRm, op0, op1, op2. */
  @SuppressWarnings("restricted") // the engine passes its structure
  private static int[] fields(long address) {
    return MemorySegment.ofAddress(address)
        .reinterpret(STRUCTURE_BYTES)
        .asSlice(0, FIELDS * JAVA_INT.byteSize())
        .toArray(JAVA_INT);
  }
}
