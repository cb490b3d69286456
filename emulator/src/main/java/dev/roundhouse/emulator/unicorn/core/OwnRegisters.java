package dev.roundhouse.emulator.unicorn.core;

import dev.roundhouse.emulator.cpu.CoreRegisters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** All system registers of a core that the engine has not, or has otherwise than the chip. */
public final class OwnRegisters implements CoreRegisters {
  private final List<CoreRegisters> parts = new ArrayList<>();

  /** Adds registers that no part has yet. */
  public void add(CoreRegisters part) {
    parts.add(part);
  }

  @Override
  public boolean has(int key) {
    for (CoreRegisters part : parts) {
      if (part.has(key)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public OptionalLong read(int key, int level) {
    for (CoreRegisters part : parts) {
      if (part.has(key)) {
        return part.read(key, level);
      }
    }
    return OptionalLong.empty();
  }

  @Override
  public boolean write(int key, long value, int level) {
    for (CoreRegisters part : parts) {
      if (part.has(key)) {
        return part.write(key, value, level);
      }
    }
    return false;
  }
}
