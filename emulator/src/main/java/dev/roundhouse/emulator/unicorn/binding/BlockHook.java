package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.emulator.platform.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** The hook at the start of each block: machine code where we have it for the host, else Java. */
public final class BlockHook {
  private static final int INSTRUCTION_BYTES = 4;

  private final BlockCounter counter;
  private final NativeFunctions.Callback whenSpent;

  /** Calls {@code whenSpent} with engine, block address, instructions, state when it says so. */
  public BlockHook(BlockCounter counter, NativeFunctions.Callback whenSpent) {
    this.counter = counter;
    this.whenSpent = whenSpent;
  }

  /** Adds it to an engine. */
  public void add(LibUnicorn library, long engine, Optional<byte[]> code, Arena lifetime) {
    if (code.isPresent()) {
      counter.callWhenSpent(NativeFunctions.callback(whenSpent, lifetime));
      MemorySegment hook = new HostMemory().executable(code.get(), lifetime);
      library.addHook(engine, HookType.BLOCK.bits(), hook, counter.address());
    } else {
      MemorySegment hook = NativeFunctions.callback(this::onBlock, lifetime);
      library.addHook(engine, HookType.BLOCK.bits(), hook, 0);
    }
  }

  /** Called by the engine: (engine, block address, size, user data). */
  private long onBlock(long uc, long address, long bytes, long d, long e) {
    int instructions = (int) bytes / INSTRUCTION_BYTES;
    return counter.startBlock(address, instructions)
        ? whenSpent.call(uc, address, instructions, d, e)
        : 0;
  }
}
