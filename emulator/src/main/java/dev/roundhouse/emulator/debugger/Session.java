package dev.roundhouse.emulator.debugger;

import dev.roundhouse.emulator.machine.Halts;
import dev.roundhouse.emulator.machine.Halts.Halt;
import dev.roundhouse.emulator.machine.Inspection;
import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.report.EndOfRun;
import dev.roundhouse.kernel.report.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A client's visit: what it asks while the machine stands still, and how that goes on. */
final class Session {
  private static final long LOOK_MILLIS = 50;
  private static final int SIGILL = 4;
  private static final int SIGTRAP = 5;
  private static final int SIGABRT = 6;
  private static final int SIGBUS = 10;
  private static final int SIGSEGV = 11;
  private static final int SIGINT = 2;

  private final Client client;
  private final Machine machine;
  private final Supplier<Inspection> guest;
  private final Debugger.Terms terms;
  private final Questions questions;
  private final Selection selection;
  private Resumption resumption = Resumption.NONE;
  private boolean awaitsStop;
  private int signal;

  /** How a stop is over. */
  enum Outcome {
    /** The machine goes on. */
    RUN,
    /** It goes on without the client. */
    DETACHED
  }

  /**
   * What the machine was let go on for.
   *
   * @param thread that steps, 0 if none does
   * @param from where the code is in which it goes on stepping
   * @param to behind that code
   */
  private record Resumption(int thread, long from, long to) {
    private static final Resumption NONE = new Resumption(0, 0, 0);

    boolean holds(long pc) {
      return Long.compareUnsigned(pc, from) >= 0 && Long.compareUnsigned(pc, to) < 0;
    }
  }

  Session(Client client, Machine machine, Debugger.Terms terms) {
    this.client = client;
    this.machine = machine;
    guest = machine::inspection;
    this.terms = terms;
    selection = new Selection(guest);
    Optional<Inspection.Program> main =
        guest.get().programs().stream().min(Comparator.comparingInt(Inspection.Program::thread));
    questions = new Questions(machine, guest, selection, main);
    guest.get().halts().atPrograms();
  }

  /** Whether the client wants the machine to stop, or has left. */
  boolean isWanted() {
    return client.wantsStop() || client.hasLeft();
  }

  /** Answers the client until the machine is to go on. */
  Outcome serve() {
    Optional<Halt> halt = guest.get().halts().take();
    if (halt.isPresent() && goesOnStepping(halt.get())) {
      return Outcome.RUN;
    }
    selection.stoppedAt(halt.map(Halt::thread).orElseGet(() -> guest.get().current()));
    signal = halt.isEmpty() && client.wantsStop() ? SIGINT : SIGTRAP;
    if (awaitsStop) {
      awaitsStop = false;
      client.sendStop(stopped(halt.map(Session::reason).orElse("")));
    }
    return answer();
  }

  private boolean goesOnStepping(Halt halt) {
    return halt instanceof Halt.Stepped(int thread)
        && !client.wantsStop()
        && guest
            .get()
            .registers(thread)
            .filter(registers -> resumption.holds(registers[SavedRegisters.PC]))
            .map(registers -> step(thread, registers))
            .isPresent();
  }

  private static String reason(Halt halt) {
    return switch (halt) {
      case Halt.Breakpoint _ -> "swbreak:;";
      case Halt.NewProgram _ -> "library:;";
      case Halt.Stepped _ -> "";
    };
  }

  private String stopped(String reason) {
    return "T%02x%sthread:%x;".formatted(signal, reason, selection.stopped());
  }

  private Outcome answer() {
    while (!client.hasLeft()) {
      if (machine.isStopWanted()) {
        return Outcome.RUN;
      }
      String packet = client.next(LOOK_MILLIS);
      if (packet != null) {
        Optional<Outcome> outcome = take(packet);
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
    }
    return Outcome.DETACHED;
  }

  private Optional<Outcome> take(String packet) {
    try {
      return understood(packet);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      client.send("E16");
      return Optional.empty();
    }
  }

  private Optional<Outcome> understood(String packet) {
    if (packet.startsWith("vCont;")) {
      return Optional.of(resume(packet.substring("vCont;".length())));
    }
    if (packet.startsWith("vKill") || packet.equals("k")) {
      machine.stopSoon();
      client.send("OK");
      return Optional.of(Outcome.RUN);
    }
    switch (packet.isEmpty() ? ' ' : packet.charAt(0)) {
      case 'c', 'C', 's', 'S' -> {
        return Optional.of(resume(packet.substring(0, 1).toLowerCase(java.util.Locale.ROOT)));
      }
      case 'D' -> {
        client.send("OK");
        return Optional.of(Outcome.DETACHED);
      }
      case '?' -> client.send(stopped(""));
      default -> client.send(answerTo(packet));
    }
    if (packet.equals("QStartNoAckMode")) {
      client.relies();
    }
    return Optional.empty();
  }

  private String answerTo(String packet) {
    boolean writes = !packet.isEmpty() && "GPMX".indexOf(packet.charAt(0)) >= 0;
    return writes && terms.access() == Debugger.Access.READ
        ? "E.the run is recorded: nothing can be changed in it (only a run without --record can be changed)"
        : questions.answer(packet);
  }

  /** Goes on as the actions say: {@code s:1;c}. The first that steps decides; the others run. */
  private Outcome resume(String actions) {
    resumption = Resumption.NONE;
    for (String action : actions.split(";", -1)) {
      char kind = action.isEmpty() ? ' ' : action.charAt(0);
      if (kind == 's' || kind == 'S' || kind == 'r') {
        String[] parts = action.split(":", 2);
        int thread = parts.length == 2 ? selection.named(parts[1]) : selection.chosen();
        String[] range =
            kind == 'r' ? parts[0].substring(1).split(",", 2) : new String[] {"0", "0"};
        resumption = new Resumption(thread, Hex.parse(range[0]), Hex.parse(range[1]));
        guest.get().registers(thread).ifPresent(registers -> step(thread, registers));
        break;
      }
    }
    awaitsStop = true;
    return Outcome.RUN;
  }

  private Halts step(int thread, long[] registers) {
    byte[] code = new byte[Integer.BYTES];
    int _ = guest.get().read(registers[SavedRegisters.PC], code);
    int instruction = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN).getInt();
    Set<Long> next =
        instruction == NextInstructions.ERET
            ? Set.of(guest.get().exceptionReturn())
            : NextInstructions.of(instruction, registers);
    guest.get().halts().stepTo(thread, next);
    return guest.get().halts();
  }

  /** The run is over; one that ended badly is shown first as it was then. */
  void tellEnd(RunEnd end) {
    int bad = signalOf(end);
    if (bad != 0 && awaitsStop) {
      signal = bad;
      selection.stoppedAt(threadOf(end));
      client.send("O" + Hex.of(end.text() + "\n"));
      client.sendStop(stopped(""));
      if (answer() == Outcome.DETACHED) {
        return;
      }
    }
    client.send("W%02x".formatted(terms.exitCode().applyAsInt(end)));
  }

  private int threadOf(RunEnd end) {
    return end instanceof RunEnd.ByModel(EndOfRun.TaskFault(var tid, var _))
        ? tid.value()
        : guest.get().current();
  }

  /** With which signal a process would end that ends so; 0 if by none. */
  private static int signalOf(RunEnd end) {
    return switch (end) {
      case RunEnd.ByModel(EndOfRun.TaskFault(var _, Fault fault)) ->
          switch (fault) {
            case Fault.UndefinedInstruction _ -> SIGILL;
            case Fault.Breakpoint _ -> SIGTRAP;
            case Fault.Alignment _, Fault.PcAlignment _ -> SIGBUS;
            case Fault.GaveUp _ -> SIGABRT;
            case Fault.DataAbort _, Fault.PrefetchAbort _, Fault.Other _ -> SIGSEGV;
          };
      case RunEnd.ByModel(EndOfRun.Finished _), RunEnd.ByModel(EndOfRun.Quit _) -> 0;
      case RunEnd.ByModel _, RunEnd.Lost _ -> SIGABRT;
      case RunEnd.VirtualTimeout() -> SIGABRT;
      case RunEnd.NothingCanCome(),
          RunEnd.Rebooted(),
          RunEnd.Exited _,
          RunEnd.WallTimeout(),
          RunEnd.Stopped() ->
          0;
    };
  }
}
