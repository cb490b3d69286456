package dev.roundhouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.emulator.conformance.oracle.TaskInvariants;
import dev.roundhouse.emulator.conformance.oracle.TraceOracle;
import dev.roundhouse.kernel.Decision;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.KernelEntry;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.EventId;
import dev.roundhouse.kernel.board.DrivenDevices;
import dev.roundhouse.kernel.board.EventSources;
import dev.roundhouse.kernel.board.KernelTime;
import dev.roundhouse.kernel.board.Prospect;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
import dev.roundhouse.kernel.task.Task;
import dev.roundhouse.system.Images;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kernel model on a board, without a processor: the fuzzer is the programs. */
final class KernelUnderFuzz {
  /**
   * Interrupts may go on for ever while no task runs, as of a UART that hears its own break: such a
   * history is left, and a run would end at its limit.
   */
  private static final int MOST_ROUNDS = 10_000;

  static final AddressRange RAM = new AddressRange(0x0020_0000L, 0x7FE0_0000L);

  /** An argument block in the memory of tasks, which a create can point to. */
  static final long ARGUMENTS = 0x7000_0000L;

  private static final byte[] BLOCK = "PROGRAM\0child\0".getBytes(StandardCharsets.US_ASCII);

  static final int ARGUMENT_BYTES = BLOCK.length;
  private static final int TIMER_COMPARE = 1;
  private static final long CALLER = 0x4060_0100L;

  private final SparseMemory memory = new SparseMemory(RAM);
  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final Bcm2711 board = Bcm2711.create(clock, agenda, new SilentTrace(), (_, _) -> {});
  private final AbiProfile profile = AbiProfile.trainsOs();
  private final EventSources sources = new BoardSources();
  private final Kernel kernel;
  private boolean isEndless;
  private Decision latest;

  private final class BoardSources implements EventSources {
    @Override
    public boolean mayStillCome(EventId event) {
      return event.equals(profile.interrupts().timerEvent())
          ? board.systemTimer().compareLiesAhead(TIMER_COMPARE)
          : profile.interrupts().wakes(event) && board.uart(event.source()).mayStillInterrupt();
    }

    @Override
    public Prospect prospect(EventId event) {
      String state = board.sourceState(event.interrupt(), event.source()).text();
      return new Prospect(Prospect.Verdict.EXHAUSTED, state);
    }
  }

  KernelUnderFuzz() {
    memory.write(ARGUMENTS, BLOCK, 0, BLOCK.length);
    kernel =
        new Kernel(
            new KernelConfig(
                profile,
                new KernelConfig.Hardware(
                    memory,
                    new DrivenDevices(
                        board.bus(), board.layout().addresses(), board.layout().rates()),
                    clock,
                    time()),
                new ProgramCatalog(programs()),
                List.of(),
                new KernelConfig.Reports(
                    new TraceOracle(profile),
                    violation -> assertThat(violation.text()).isNotBlank(),
                    Strictness.TOLERANT)));
    latest = kernel.boot();
    settle();
  }

  private static Map<String, ParseResult> programs() {
    byte[] elf = Images.bundled("hello");
    Map<String, ParseResult> programs = new LinkedHashMap<>();
    for (String name : List.of("user_entry", "name_server", "child")) {
      programs.put(name, ElfImage.parse(name, elf));
    }
    return programs;
  }

  Kernel kernel() {
    return kernel;
  }

  Decision latest() {
    return latest;
  }

  /** Whether a task runs, and so the fuzzer can act. */
  boolean isRunning() {
    return latest instanceof Decision.Run && !isEndless;
  }

  /** The task that runs makes a system call. */
  void call(int number, long... arguments) {
    var registers = kernel.current().registers();
    for (int x = 0; x < arguments.length; x++) {
      registers.setX(x, arguments[x]);
    }
    registers.setX(30, CALLER);
    latest = kernel.handle(new KernelEntry.SupervisorCall(number));
    settle();
  }

  /** The task that runs computes for a while; interrupts that come meanwhile are taken. */
  void compute(long nanos) {
    advance(nanos);
    settle();
  }

  /** The task that runs writes to a device. */
  void poke(long address, long value) {
    board.bus().write(address, Integer.BYTES, value);
    settle();
  }

  /** What a register of a device reads. */
  long peek(long address) {
    return board.bus().read(address, Integer.BYTES);
  }

  /** Takes interrupts, and waits while nothing is ready, as the machine's run loop does. */
  private void settle() {
    int rounds = 0;
    while (!(latest instanceof Decision.End)) {
      TaskInvariants.check(kernel, latest);
      if (++rounds > MOST_ROUNDS) {
        isEndless = true;
        return;
      }
      if (latest instanceof Decision.TakeInterrupt || board.gic().irqAsserted()) {
        latest = kernel.handle(KernelEntry.Interrupt.INSTANCE);
      } else if (latest instanceof Decision.Run) {
        return;
      } else if (kernel.anyEventMayStillCome(sources)) {
        assertThat(agenda.nextNanos()).as("what wakes the idle task").isLessThan(Long.MAX_VALUE);
        advance(agenda.nextNanos() - clock.nanos());
      } else {
        latest = new Decision.End(kernel.endWhenNothingCanHappen(sources));
      }
    }
    assertThat(((Decision.End) latest).why().text()).isNotBlank();
    assertThat(kernel.tasks()).allSatisfy(task -> assertThat(task.label()).isNotBlank());
  }

  private void advance(long nanos) {
    clock.advanceTo(clock.nanos() + Math.max(nanos, 0));
    agenda.runDue(clock.nanos());
  }

  /** A task's own memory. */
  static long stackOf(Task task) {
    return task.stack().start();
  }

  private KernelTime time() {
    return new KernelTime() {
      @Override
      public void charge(long nanos) {
        advance(nanos);
      }

      @Override
      public boolean untilNextDeadline() {
        boolean comes = agenda.nextNanos() != Long.MAX_VALUE;
        if (comes) {
          advance(agenda.nextNanos() - clock.nanos());
        }
        return comes;
      }
    };
  }
}
