package dev.roundhouse.kernel.memory;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.kernel.abi.UserBuffer;

/** The part of RAM to which programs may point: all of it but the kernel's own at the bottom. */
public final class UserMemory {
  private final PhysicalMemory memory;
  private final long start;

  /**
   * RAM from {@code start} on.
   *
   * @param start the first address that programs can reach
   */
  public UserMemory(PhysicalMemory memory, long start) {
    this.memory = memory;
    this.start = start;
  }

  /** Whether the kernel may follow the pointer; any address is fine for no bytes. */
  public boolean holds(UserBuffer buffer) {
    return buffer.isEmpty()
        || (buffer.address() >= start && memory.contains(buffer.address(), buffer.length()));
  }

  /** Copies the first {@code length} bytes; {@link #holds} accepts both. */
  public void copy(UserBuffer from, UserBuffer to, long length) {
    if (length != 0) {
      memory.copy(from.address(), to.address(), length);
    }
  }

  /** The memory behind it. */
  public PhysicalMemory memory() {
    return memory;
  }
}
