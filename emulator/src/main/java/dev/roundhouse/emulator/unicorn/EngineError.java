package dev.roundhouse.emulator.unicorn;

import dev.roundhouse.kernel.report.Fault;
import dev.roundhouse.kernel.report.Fault.Access;

/** Turns the engine's numbers into faults. */
final class EngineError {
  /** The engine's number of the exception that svc raises (qemu/target/arm/cpu.h, EXCP_SWI). */
  static final int EXCEPTION_SVC = 2;

  private static final int EXCEPTION_UNDEFINED = 1;
  private static final int EXCEPTION_DATA_ABORT = 4;
  private static final int EXCEPTION_BREAKPOINT = 7;
  private static final int ERR_INSN_INVALID = 10;
  private static final int MEM_WRITE_UNMAPPED = 20;
  private static final int MEM_FETCH_UNMAPPED = 21;
  private static final int MEM_WRITE_PROTECTED = 22;
  private static final int MEM_FETCH_PROTECTED = 24;
  private static final int IMMEDIATE_SHIFT = 5;
  private static final int IMMEDIATE_MASK = 0xffff;

  private EngineError() {}

  /** The fault behind an access that a UC_HOOK_MEM_INVALID hook reports (uc_mem_type). */
  static Fault faultOfAccess(int type, long address, int bytes) {
    return switch (type) {
      case MEM_FETCH_UNMAPPED, MEM_FETCH_PROTECTED -> new Fault.PrefetchAbort(address);
      case MEM_WRITE_UNMAPPED, MEM_WRITE_PROTECTED ->
          new Fault.DataAbort(address, bytes, Access.WRITE);
      default -> new Fault.DataAbort(address, bytes, Access.READ);
    };
  }

  /**
   * The fault behind an exception number of a UC_HOOK_INTR hook. RAM is mapped without an MMU, so
   * the only data abort that comes this way is one of alignment.
   */
  static Fault faultOfException(int exception, int instruction) {
    return switch (exception) {
      case EXCEPTION_UNDEFINED -> new Fault.UndefinedInstruction(instruction);
      case EXCEPTION_DATA_ABORT -> new Fault.Alignment();
      case EXCEPTION_BREAKPOINT ->
          new Fault.Breakpoint((instruction >>> IMMEDIATE_SHIFT) & IMMEDIATE_MASK);
      default -> new Fault.Other(exception);
    };
  }

  /** The fault behind an error number of uc_emu_start (uc_err) that no hook explained. */
  static Fault faultOf(int error, int instruction) {
    return error == ERR_INSN_INVALID
        ? new Fault.UndefinedInstruction(instruction)
        : new Fault.Other(error);
  }
}
