package dev.roundhouse.emulator.unicorn.user;

import dev.roundhouse.emulator.cpu.AfterTrap;
import dev.roundhouse.emulator.cpu.UserTraps;
import dev.roundhouse.emulator.unicorn.binding.BlockCounter;
import dev.roundhouse.emulator.unicorn.binding.MemoryAccess;
import dev.roundhouse.emulator.unicorn.binding.Opcode;
import dev.roundhouse.emulator.unicorn.binding.TranslationTables;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Accesses that fail only because the MMU is to show them: those to memory that is closed, and
 * stores to code. They are tried again, by a block that starts with them and is counted anew, so
 * that neither time nor the ends of blocks tell.
 */
record AccessRetry(TranslationTables tables, CodePages pages, BlockCounter counter) {
  /**
   * Shows an access of the instruction at {@code pc} that has failed.
   *
   * @param handler to which an access to closed memory is shown
   * @return how it goes on; nothing if it is a fault
   */
  Optional<AfterTrap> of(long pc, MemoryAccess access, UserTraps handler) {
    OptionalLong closed = firstClosed(access);
    if (closed.isEmpty() && !pages.allowWriting(pc, access)) {
      return Optional.empty();
    }
    long executed = (pc - counter.latestBlock()) / Opcode.BYTES;
    counter.count((int) executed - counter.latestInstructions());
    return Optional.of(
        closed.isPresent()
            ? handler.closedAccess(closed.getAsLong(), access.direction())
            : handler.codeWrite(access.address(), access.bytes()));
  }

  private OptionalLong firstClosed(MemoryAccess access) {
    if (tables.isClosed(access.address(), access.direction())) {
      return OptionalLong.of(access.address());
    }
    long last = access.address() + access.bytes() - 1;
    return tables.isClosed(last, access.direction()) ? OptionalLong.of(last) : OptionalLong.empty();
  }
}
