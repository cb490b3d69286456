package dev.roundhouse.kernel;

import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.syscall.EncoderCalls;
import dev.roundhouse.kernel.syscall.EventCalls;
import dev.roundhouse.kernel.syscall.IpcCalls;
import dev.roundhouse.kernel.syscall.MemoryCalls;
import dev.roundhouse.kernel.syscall.Outcome;
import dev.roundhouse.kernel.syscall.SystemCalls;
import dev.roundhouse.kernel.syscall.TaskCalls;
import dev.roundhouse.kernel.task.Task;

/** Which handler performs which system call. */
record SyscallHandlers(
    IpcCalls ipc,
    TaskCalls tasks,
    EventCalls events,
    MemoryCalls memory,
    EncoderCalls encoders,
    SystemCalls system) {
  Outcome perform(Task caller, Syscall call) {
    return switch (call) {
      case Syscall.Send send -> ipc.send(caller, send);
      case Syscall.Receive receive -> ipc.receive(caller, receive);
      case Syscall.Reply reply -> ipc.reply(caller, reply);
      case Syscall.Yield() -> Outcome.KeepResult.INSTANCE;
      case Syscall.MyTid() -> tasks.myTid(caller);
      case Syscall.MyParentTid() -> tasks.myParentTid(caller);
      case Syscall.Create create -> tasks.create(caller, create);
      case Syscall.Exit() -> tasks.exit(caller);
      case Syscall.AwaitEvent await -> events.awaitEvent(caller, await);
      case Syscall.MapMemory map -> memory.map(caller, map);
      case Syscall.SystemHealth health -> system.health(caller, health);
      case Syscall.EncoderInit init -> encoders.init(caller, init);
      case Syscall.EncoderGet get -> encoders.get(caller, get);
      case Syscall.PrintRaw print -> system.printRaw(caller, print);
      case Syscall.Quit() -> system.quit(caller);
    };
  }
}
