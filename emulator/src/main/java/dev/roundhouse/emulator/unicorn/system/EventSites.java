package dev.roundhouse.emulator.unicorn.system;

import dev.roundhouse.emulator.cpu.EventRegister;
import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.emulator.platform.HostPlatform;
import dev.roundhouse.emulator.platform.NativeFunctions;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where code waits for events, and where it sets the event register. The engine does nothing for
 * {@code sev} and {@code sevl}, does not tell of an {@code eret}, and never waits in {@code wfe}:
 * each of them is given a hook when it is translated. That of {@code wfe} is Java; that of the
 * others is a store, a few nanoseconds, because each system call has an {@code eret}.
 */
final class EventSites {
  private static final int MOST_SITES = 1024;

  /** Tells apart the two kinds of an address whose code was written anew. */
  private static final long SETS = 1;

  /** (engine, address, size, place of the event register): stores a 1. */
  private static final String X64_SET = "c60101c3";

  private static final String ARM64_SET = "2400805264000039c0035fd6";

  private final EventRegister register;
  private final CodeWatch.Code code;
  private final Hook onWait;
  private final Hook onSet;
  private final Set<Long> sites = new TreeSet<>();

  /** What the engine calls before an instruction: (engine, address, size, user data). */
  record Hook(MemorySegment function, long userData) {}

  /** Hooks {@code wfe} with {@code onWait}. */
  EventSites(EventRegister register, CodeWatch.Code code, MemorySegment onWait, Arena lifetime) {
    this.register = register;
    this.code = code;
    this.onWait = new Hook(onWait, 0);
    onSet = new Hook(store(register, lifetime), register.place().address());
  }

  private static MemorySegment store(EventRegister register, Arena lifetime) {
    return switch (HostPlatform.current()) {
      case LINUX_X64, MACOS_X64 -> executable(X64_SET, lifetime);
      case LINUX_ARM64 -> executable(ARM64_SET, lifetime);
      case MACOS_ARM64, OTHER ->
          NativeFunctions.callback(
              (uc, address, size, user, e) -> {
                register.set();
                return 0;
              },
              lifetime);
    };
  }

  private static MemorySegment executable(String code, Arena lifetime) {
    return new HostMemory().executable(HexFormat.of().parseHex(code), lifetime);
  }

  /** Looks at an instruction of a new block; whether the block must be translated anew. */
  boolean look(long at, int instruction) {
    if (instruction == Opcode.WFE) {
      return hook(at, onWait, 0);
    }
    return Opcode.setsEventRegister(instruction) && hook(at, onSet, SETS);
  }

  private boolean hook(long at, Hook hook, long kind) {
    if (sites.size() == MOST_SITES) {
      register.setForGood();
      return false;
    }
    boolean isNew = sites.add(at | kind);
    if (isNew) {
      code.hook(at, hook);
    }
    return isNew;
  }
}
