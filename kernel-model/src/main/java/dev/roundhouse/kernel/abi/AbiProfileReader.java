package dev.roundhouse.kernel.abi;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.file.Fields;
import dev.roundhouse.devices.text.Words;
import dev.roundhouse.kernel.abi.AbiProfile.ConsoleLine;
import dev.roundhouse.kernel.abi.Semantics.BadPriority;
import dev.roundhouse.kernel.abi.Semantics.ReceiverExit;
import dev.roundhouse.kernel.abi.Semantics.SelfSend;
import dev.roundhouse.kernel.abi.Semantics.UnknownEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads what an ABI profile says for the kernel model. */
final class AbiProfileReader {
  private static final int LARGEST_PAGE_SHIFT = 30;
  private static final int MOST_LEVELS = 30;

  private AbiProfileReader() {}

  /** The profile of a kernel that the model can play, from a file that ships with the product. */
  static AbiProfile shipped(String name) {
    Fields root = CallAbiReader.shippedFields(name);
    CallAbi calls = CallAbiReader.abi(root);
    Fields model = root.object("model");
    model.only("about", "semantics", "limits", "timings", "memory", "interrupts", "console");
    return new AbiProfile(
        calls,
        new SyscallTable(calls),
        semantics(model.object("semantics")),
        limits(model.object("limits")),
        timings(model.object("timings")),
        memory(model.object("memory")),
        bootTasks(calls),
        interrupts(model.object("interrupts")),
        console(model.object("console")));
  }

  private static Semantics semantics(Fields of) {
    of.only("about", "receiver-exit", "self-send", "unknown-event", "bad-priority");
    return new Semantics(
        choice(of, "receiver-exit", ReceiverExit.values()),
        choice(of, "self-send", SelfSend.values()),
        choice(of, "unknown-event", UnknownEvent.values()),
        choice(of, "bad-priority", BadPriority.values()));
  }

  private static <E extends Enum<E>> E choice(Fields of, String name, E[] values) {
    return CallAbiReader.choice(of, name, values, Words::of);
  }

  private static Limits limits(Fields of) {
    of.only(
        "about",
        "lowest-priority",
        "ready-tasks",
        "queued-senders",
        "descriptors-per-page",
        "encoders");
    return new Limits(
        count(of, "lowest-priority"),
        count(of, "ready-tasks"),
        count(of, "queued-senders"),
        of.integer("descriptors-per-page", 1, Integer.MAX_VALUE),
        count(of, "encoders"));
  }

  private static Timings timings(Fields of) {
    of.only("about", "kernel-entry-ns", "print-spins", "ns-per-spin");
    return new Timings(
        count(of, "kernel-entry-ns"), count(of, "print-spins"), count(of, "ns-per-spin"));
  }

  private static MemoryLayout memory(Fields of) {
    of.only(
        "about",
        "user-start",
        "pool-start",
        "pool-bytes",
        "page-shift",
        "highest-level",
        "exit-stub",
        "loader-frame-bytes",
        "call-frame-bytes",
        "interrupt-frame-bytes");
    return new MemoryLayout(
        of.address("user-start"),
        new AddressRange(of.address("pool-start"), of.address("pool-bytes")),
        of.integer("page-shift", 0, LARGEST_PAGE_SHIFT),
        of.integer("highest-level", 0, MOST_LEVELS),
        of.address("exit-stub"),
        count(of, "loader-frame-bytes"),
        count(of, "call-frame-bytes"),
        count(of, "interrupt-frame-bytes"));
  }

  private static List<BootTask> bootTasks(CallAbi calls) {
    List<BootTask> tasks = new ArrayList<>();
    for (CallAbi.FirstTask task : calls.tasks().first()) {
      task.program().ifPresent(program -> tasks.add(new BootTask(program, task.priority())));
    }
    return tasks;
  }

  private static InterruptIds interrupts(Fields of) {
    of.only("about", "timer", "uart", "gpio", "uarts");
    return new InterruptIds(
        count(of, "timer"),
        count(of, "uart"),
        count(of, "gpio"),
        of.integers("uarts", 0, Integer.MAX_VALUE));
  }

  private static ConsoleLine console(Fields of) {
    of.only("about", "uart", "baud", "pins");
    return new ConsoleLine(
        count(of, "uart"), count(of, "baud"), of.integers("pins", 0, Integer.MAX_VALUE));
  }

  private static int count(Fields of, String name) {
    return of.integer(name, 0, Integer.MAX_VALUE);
  }
}
