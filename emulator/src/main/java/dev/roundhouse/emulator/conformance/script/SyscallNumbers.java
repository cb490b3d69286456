package dev.roundhouse.emulator.conformance.script;

import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.SyscallKind;
import dev.roundhouse.kernel.abi.SyscallTable;

/** Which number a kernel has for each system call of scripts. */
final class SyscallNumbers {
  private final SyscallTable table;

  SyscallNumbers(AbiProfile profile) {
    table = profile.syscalls();
  }

  /**
   * The number of the call that a step makes.
   *
   * @throws IllegalArgumentException if this kernel does not have it
   */
  int of(Step.Call call) {
    return call instanceof Step.Raw raw ? raw.number() : of(kind(call));
  }

  private int of(SyscallKind kind) {
    return table
        .number(kind)
        .orElseThrow(() ->
            new IllegalArgumentException("this kernel has no system call " + kind.callName()));
  }

  private static SyscallKind kind(Step.Call call) {
    return switch (call) {
      case Step.Exit _ -> SyscallKind.EXIT;
      case Step.Yield _ -> SyscallKind.YIELD;
      case Step.Create _ -> SyscallKind.CREATE;
      case Step.MyTid _ -> SyscallKind.MY_TID;
      case Step.MyParentTid _ -> SyscallKind.MY_PARENT_TID;
      case Step.Send _ -> SyscallKind.SEND;
      case Step.Receive _ -> SyscallKind.RECEIVE;
      case Step.Reply _ -> SyscallKind.REPLY;
      case Step.AwaitEvent _ -> SyscallKind.AWAIT_EVENT;
      case Step.MapMemory _ -> SyscallKind.MAP_MEMORY;
      case Step.SystemHealth _ -> SyscallKind.SYSTEM_HEALTH;
      case Step.EncoderInit _ -> SyscallKind.ENCODER_INIT;
      case Step.EncoderGet _ -> SyscallKind.ENCODER_GET;
      case Step.Print _ -> SyscallKind.PRINT_RAW;
      case Step.Quit _ -> SyscallKind.QUIT;
      case Step.Raw raw -> throw new IllegalArgumentException("has a number of its own: " + raw);
    };
  }
}
