package dev.roundhouse.emulator.unicorn.system;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.cpu.CoreTimer;
import dev.roundhouse.emulator.hostos.HostMemory;
import dev.roundhouse.emulator.hostos.HostPlatform;
import dev.roundhouse.emulator.hostos.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
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
  private static final int FIELDS = 5;
  private static final int ZERO_REGISTER = 31;
  private static final long STRUCTURE_BYTES = 6 * JAVA_INT.byteSize() + JAVA_LONG.byteSize();
  private static final long STATE_BYTES = 16;
  private static final long FUNCTION = 8;
  private static final long HANDLED = 1;

  /** (engine, register, uc_arm64_cp_reg, state): 0 unless CRn, its first field, is 14. */
  private static final String X64_READ = "833a0e7503ff610831c0c3";

  private static final String ARM64_READ =
      "440040b99f38007161000054700440f900021fd600008052c0035fd6";

  /** The same: 0 unless it is 14 or 1. */
  private static final String X64_WRITE = "833a0e7408833a01740331c0c3ff6108";

  private static final String ARM64_WRITE =
      "440040b99f380071a00000549f0400716000005400008052c0035fd6700440f900021fd6";

  private final CoreTimer timer;
  private final SystemWindow window;
  private final Runnable controlWritten;
  private final Consumer<Throwable> failures;

  /** {@code controlWritten} is called before the write. */
  SystemRegisterHook(
      CoreTimer timer, SystemWindow window, Runnable controlWritten, Consumer<Throwable> failures) {
    this.timer = timer;
    this.window = window;
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

  private static void add(
      LibUnicorn library, long engine, long instruction, MemorySegment target, Arena lifetime) {
    Optional<String> code = filter(instruction);
    if (code.isPresent()) {
      MemorySegment state = lifetime.allocate(STATE_BYTES, JAVA_LONG.byteAlignment());
      state.set(JAVA_LONG, FUNCTION, target.address());
      MemorySegment filter =
          new HostMemory().executable(HexFormat.of().parseHex(code.get()), lifetime);
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
