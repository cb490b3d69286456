package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.CoreState.TakenException;
import dev.roundhouse.emulator.cpu.DeviceAccess;
import dev.roundhouse.emulator.unicorn.binding.AccessFinder;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.core.SystemWindow;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.Fault.Access;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Accesses to physical addresses where neither RAM nor a device is. The core takes a synchronous
 * external abort (Arm Architecture Reference Manual for A-profile, D8.14, and ESR_ELx, DFSC and
 * IFSC 0b010000): the architecture leaves it to a chip whether an external abort is synchronous or
 * an SError, and with this one a kernel is shown the instruction. A Cortex-A72 does so for fetches,
 * and reports most loads and all stores later, as SErrors or by an interrupt of the L2 memory
 * system (Cortex-A72 TRM, "Asynchronous errors").
 */
final class ExternalAborts {
  private static final int READ = 19;
  private static final int WRITE = 20;
  private static final int FETCH = 21;

  private static final int FETCH_FROM_BELOW = 0x8200_0010;
  private static final int DATA_FROM_BELOW = 0x9200_0010;
  private static final int SAME_LEVEL = 1 << 26;
  private static final int BY_STORE = 1 << 6;
  private static final int GENERAL_REGISTERS = 31;
  private static final int MOST_TOLD = 32;

  private final SystemWindow window;
  private final BlockCounter counter;
  private final CodeWatch.Code code;
  private final Set<Long> told = new TreeSet<>();
  private int type;
  private long physical;

  ExternalAborts(SystemWindow window, BlockCounter counter, CodeWatch.Code code) {
    this.window = window;
    this.counter = counter;
    this.code = code;
  }

  /** Nothing has failed yet. */
  void clear() {
    type = 0;
  }

  /** Called by the engine: (engine, access type, address, size, value); 0 = not mended. */
  @SuppressWarnings("UnusedVariable") // the parameters are the callback's shape
  long onUnmapped(long uc, long accessType, long address, long bytes, long value) {
    if (type == 0) {
      type = (int) accessType;
      physical = address;
    }
    return 0;
  }

  /** What failed, in a few words; empty when nothing has. */
  Optional<String> failure() {
    String how =
        switch (type) {
          case READ -> "load from";
          case WRITE -> "store to";
          case FETCH -> "fetch from";
          default -> "";
        };
    return how.isEmpty()
        ? Optional.empty()
        : Optional.of(
            how + " physical address 0x%x, where neither RAM nor a device is".formatted(physical));
  }

  /** The exception that the core takes for it; empty when its instruction is not found. */
  Optional<TakenException> exception() {
    int to = Math.max(window.level(), 1);
    int same = window.level() == to ? SAME_LEVEL : 0;
    if (type == FETCH) {
      return Optional.of(new TakenException(FETCH_FROM_BELOW | same, window.pc(), window.pc(), to));
    }
    int store = type == WRITE ? BY_STORE : 0;
    return finder()
        .find(counter, new DeviceAccess(physical, type == WRITE ? Access.WRITE : Access.READ))
        .map(place ->
            new TakenException(DATA_FROM_BELOW | same | store, place.pc(), place.virtual(), to));
  }

  /** Whether an abort is to be told of: the first one at its place, and one of not too many. */
  boolean isNews(TakenException abort) {
    return told.size() < MOST_TOLD && told.add(abort.pc());
  }

  /** Where the code is that accesses a device; where its block starts if that is not found. */
  long pc(Optional<DeviceAccess> access) {
    return finder().pc(counter, access);
  }

  private AccessFinder finder() {
    long[] registers = new long[SavedRegisters.COUNT];
    for (int number = 0; number < GENERAL_REGISTERS; number++) {
      registers[number] = window.general(number);
    }
    registers[SavedRegisters.SP] = window.sp();
    return new AccessFinder(code, registers);
  }
}
