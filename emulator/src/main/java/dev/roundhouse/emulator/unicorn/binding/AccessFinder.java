package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.cpu.DeviceAccess;
import dev.roundhouse.kernel.abi.SavedRegisters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the load or store of a block that accesses a physical address. The engine has registers as
 * they are before it, but does not say where it is.
 */
public final class AccessFinder {
  private static final int NO_REGISTER = 31;

  private final Code code;
  private final long[] registers;

  /** The code that a processor executes. */
  public interface Code {
    /** The physical address behind a virtual one, or one that nothing has. */
    long physical(long virtual);

    /** The instruction at a physical address, 0 where there is none. */
    int at(long physical);
  }

  /** Where it is, and the virtual address of the first byte that is accessed. */
  public record Place(long pc, long virtual) {}

  private record Candidate(Place place, int instruction) {}

  /**
   * Looks with the registers that the engine has.
   *
   * @param registers as {@link SavedRegisters} orders them
   */
  public AccessFinder(Code code, long[] registers) {
    this.code = code;
    this.registers = registers.clone();
  }

  /** Where an access of the latest block is; where that starts if it is not found or none. */
  public long pc(BlockCounter counter, Optional<DeviceAccess> access) {
    return access
        .flatMap(what -> find(counter, what))
        .map(Place::pc)
        .orElseGet(counter::latestBlock);
  }

  /** The place in the latest block, or nothing when none of its instructions fits. */
  public Optional<Place> find(BlockCounter counter, DeviceAccess what) {
    long block = counter.latestBlock();
    List<Candidate> candidates = new ArrayList<>();
    for (int n = 0; n < counter.latestInstructions(); n++) {
      long pc = block + (long) n * Opcode.BYTES;
      int instruction = code.at(code.physical(pc));
      registers[SavedRegisters.PC] = pc;
      MemoryAccess.of(instruction, registers)
          .filter(access -> access.direction() == what.direction())
          .flatMap(access -> firstByte(access, what.address()))
          .ifPresent(virtual -> candidates.add(new Candidate(new Place(pc, virtual), instruction)));
    }
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(earliest(candidates).place);
  }

  private Optional<Long> firstByte(MemoryAccess access, long physical) {
    for (int offset = 0; offset < access.bytes(); offset++) {
      if (code.physical(access.address() + offset) == physical) {
        return Optional.of(access.address() + offset);
      }
    }
    return Optional.empty();
  }

  /**
   * The last that fits, or one before it that had the same address: whose registers for it have not
   * been written in between.
   */
  private Candidate earliest(List<Candidate> candidates) {
    int found = candidates.size() - 1;
    while (found > 0 && keepsAddress(candidates.get(found - 1), candidates.get(found))) {
      found--;
    }
    return candidates.get(found);
  }

  private boolean keepsAddress(Candidate first, Candidate next) {
    int base = Opcode.bits(first.instruction, 9, 5);
    int index = Opcode.bits(first.instruction, 20, 16);
    for (long pc = first.place.pc; pc < next.place.pc; pc += Opcode.BYTES) {
      int instruction = code.at(code.physical(pc));
      if (writes(instruction, base) || writes(instruction, index)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an instruction may write a general register; too often yes does little harm. */
  private static boolean writes(int instruction, int register) {
    boolean isTarget = Opcode.bits(instruction, 4, 0) == register && register != NO_REGISTER;
    if (!Opcode.isLoadOrStore(instruction)) {
      return isTarget;
    }
    boolean isLoad = Opcode.bits(instruction, 22, 22) == 1;
    boolean isPair = Opcode.bits(instruction, 29, 27) == 0b101;
    boolean isSecondTarget = isPair && Opcode.bits(instruction, 14, 10) == register;
    boolean isWrittenBack =
        Opcode.bits(instruction, 9, 5) == register
            && (isPair
                ? Opcode.bits(instruction, 23, 23) == 1
                : Opcode.bits(instruction, 24, 24) == 0 && Opcode.bits(instruction, 10, 10) == 1);
    boolean isStatus =
        Opcode.isStoreExclusive(instruction) && Opcode.bits(instruction, 20, 16) == register;
    return (isLoad && (isTarget || isSecondTarget)) || isWrittenBack || isStatus;
  }
}
