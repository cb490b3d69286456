package dev.roundhouse.emulator.oracle;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks what the kernel writes in each entry: only to where the caller pointed, or those whom the
 * call lets go on; to the stack of a task that is made; to the memory of a program that is loaded.
 */
final class WriteOracle {
  private static final int TID_BYTES = 4;
  private static final int ADDRESS_BYTES = 8;
  private static final int COUNTERS_BYTES = 40;

  private final Lives lives = new Lives();
  private final List<UserBuffer> allowed = new ArrayList<>();
  private final List<Tid> made = new ArrayList<>();
  private int caller = -1;

  void take(KernelEvent event) {
    switch (event) {
      case KernelEvent.Called(Tid tid, Syscall call) -> {
        caller = tid.value();
        lives.of(caller).call = call;
        if (!(call instanceof Syscall.Send)) {
          allow(call);
        }
      }
      case KernelEvent.BecameReady(Tid tid, long result) -> {
        Syscall call = lives.of(tid.value()).call;
        if (caller >= 0 && caller != tid.value() && call != null) {
          allow(call);
        }
      }
      case KernelEvent.Created(Tid tid, Tid parent, int priority) -> made.add(tid);
      case KernelEvent.Loaded(Tid tid, String program, AddressRange memory) ->
          allowed.add(new UserBuffer(memory.start(), memory.length()));
      default -> {
        // Nothing is written by it.
      }
    }
  }

  private void allow(Syscall call) {
    switch (call) {
      case Syscall.Receive(long tidAddress, UserBuffer buffer) -> {
        allowed.add(new UserBuffer(tidAddress, TID_BYTES));
        allowed.add(buffer);
      }
      case Syscall.Send send -> allowed.add(send.reply());
      case Syscall.MapMemory map -> allowed.add(new UserBuffer(map.targetAddress(), ADDRESS_BYTES));
      case Syscall.SystemHealth health -> allowed.add(new UserBuffer(health.address(), TID_BYTES));
      case Syscall.EncoderGet get -> allowed.add(new UserBuffer(get.address(), COUNTERS_BYTES));
      default -> {
        // The kernel writes nothing for it.
      }
    }
  }

  /** The kernel wrote these bytes in the present entry. */
  void written(Kernel kernel, long start, long length) {
    for (Tid tid : made) {
      kernel
          .task(tid)
          .ifPresent(
              task -> allowed.add(new UserBuffer(task.stack().start(), task.stack().length())));
    }
    made.clear();
    boolean isAllowed =
        allowed.stream()
            .anyMatch(buffer ->
                start >= buffer.address() && start - buffer.address() + length <= buffer.length());
    require(
        isAllowed,
        "the kernel writes only where it was asked to",
        "%d bytes at 0x%x in a call of tid %d: %s"
            .formatted(length, start, caller, caller < 0 ? "none" : lives.of(caller)));
  }

  /** The entry is over. */
  void entered() {
    allowed.clear();
    made.clear();
    caller = -1;
  }

  private static void require(boolean holds, String rule, Object where) {
    if (!holds) {
      throw new BrokenOracleException(rule, where);
    }
  }
}
