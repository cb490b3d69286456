package dev.roundhouse.emulator.conformance.oracle;

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
  private static final int NOBODY = -1;

  private final TracedTasks tasks = new TracedTasks();
  private final List<UserBuffer> allowed = new ArrayList<>();
  private final List<Tid> made = new ArrayList<>();
  private final List<UserBuffer> written = new ArrayList<>();
  private final Kernel kernel;
  private int caller = NOBODY;

  /** An oracle from the start of {@code kernel} on, whose first tasks are made. */
  WriteOracle(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Takes an event; one that begins an entry ends that before. */
  void take(KernelEvent event) {
    switch (event) {
      case KernelEvent.Interrupted _ -> entered();
      case KernelEvent.Called(Tid tid, Syscall call) -> {
        entered();
        caller = tid.value();
        tasks.of(caller).call = call;
        if (!(call instanceof Syscall.Send)) {
          allow(call);
        }
      }
      case KernelEvent.BecameReady(Tid tid, long result) -> {
        Syscall call = tasks.of(tid.value()).call;
        if (caller != NOBODY && caller != tid.value() && call != null) {
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
  void written(long start, long length) {
    if (length > 0) {
      written.add(new UserBuffer(start, length));
    }
  }

  /** The entry is over, and known what it could write. */
  void entered() {
    if (!written.isEmpty()) {
      for (Tid tid : made) {
        kernel
            .task(tid)
            .ifPresent(
                task -> allowed.add(new UserBuffer(task.stack().start(), task.stack().length())));
      }
      written.forEach(this::check);
    }
    written.clear();
    allowed.clear();
    made.clear();
    caller = NOBODY;
  }

  private void check(UserBuffer bytes) {
    for (UserBuffer buffer : allowed) {
      if (bytes.address() >= buffer.address()
          && bytes.address() - buffer.address() + bytes.length() <= buffer.length()) {
        return;
      }
    }
    throw new BrokenOracleException(
        "the kernel writes only where it was asked to",
        "%d bytes at 0x%x in a call of tid %d: %s"
            .formatted(
                bytes.length(),
                bytes.address(),
                caller,
                caller == NOBODY ? "none" : tasks.of(caller)));
  }
}
