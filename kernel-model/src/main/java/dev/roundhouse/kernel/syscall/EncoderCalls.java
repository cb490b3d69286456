package dev.roundhouse.kernel.syscall;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.kernel.abi.Syscall;
import dev.roundhouse.kernel.abi.UserBuffer;
import dev.roundhouse.kernel.board.GpioDriver;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Rule;
import dev.roundhouse.kernel.report.Violations;
import dev.roundhouse.kernel.task.Task;
import java.util.Optional;

/** quadrature_encoder_init and quadrature_encoder_get (kernel/src/syscall_handler.c, 9d49562). */
public final class EncoderCalls {
  private static final Outcome DONE = new Outcome.Return(0);
  private static final Outcome ALL_IN_USE = new Outcome.Return(-1);

  private final QuadratureEncoders encoders;
  private final Pointers pointers;
  private final Violations violations;

  /** The calls for {@code encoders}. */
  public EncoderCalls(QuadratureEncoders encoders, Pointers pointers, Violations violations) {
    this.encoders = encoders;
    this.pointers = pointers;
    this.violations = violations;
  }

  /** Sets up an encoder and gives its id; -1 if all are in use. */
  public Outcome init(Task caller, Syscall.EncoderInit call) {
    if (encoders.areAllInUse()) {
      return ALL_IN_USE;
    }
    for (int pin : new int[] {call.pinA(), call.pinB()}) {
      if (Integer.compareUnsigned(pin, GpioDriver.PINS) >= 0) {
        String detail = "there is no pin " + Integer.toUnsignedString(pin);
        violations.report(caller, Rule.BAD_PIN, detail);
        return new Outcome.End(new EndOfRun.KernelCrash(caller.tid(), Rule.BAD_PIN, detail));
      }
    }
    return new Outcome.Return(encoders.add(call.pinA(), call.pinB()));
  }

  /** Stores and clears the counters; a bad id stores nothing. Always gives 0. */
  public Outcome get(Task caller, Syscall.EncoderGet call) {
    Optional<QuadratureEncoders.Counts> taken = encoders.take(call.id());
    if (taken.isEmpty()) {
      return DONE;
    }
    UserBuffer target = new UserBuffer(call.address(), QuadratureEncoders.Counts.BYTES);
    if (!pointers.areGood(target)) {
      return pointers.refuse(caller, "stat", target);
    }
    QuadratureEncoders.Counts counts = taken.get();
    PhysicalMemory memory = pointers.memory().memory();
    long at = target.address();
    for (long value :
        new long[] {
          counts.forward(), counts.backward(), counts.invalid1(), counts.invalid2(), counts.debug()
        }) {
      memory.putLong(at, value);
      at += Long.BYTES;
    }
    return DONE;
  }
}
