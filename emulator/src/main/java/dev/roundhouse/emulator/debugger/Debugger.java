package dev.roundhouse.emulator.debugger;

import dev.roundhouse.emulator.machine.Machine;
import dev.roundhouse.emulator.process.HostFailure;
import dev.roundhouse.emulator.process.Notices;
import dev.roundhouse.emulator.run.Pause;
import dev.roundhouse.emulator.run.RunEnd;
import dev.roundhouse.emulator.run.RunResult;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs a machine for clients that speak GDB's remote protocol. They attach and detach as they like;
 * while one looks, the machine stands still, and so does virtual time. What they do changes nothing
 * of the run but what they write.
 */
public final class Debugger implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final Door door;
  private final Terms terms;

  /** When the machine first runs. */
  public enum Start {
    /** At once. */
    AT_ONCE,
    /** Once a client is attached: no instruction of a program is executed before. */
    ATTACHED,
    /** Once a client is attached, from where the machine stands. */
    HERE
  }

  /** What clients may do. */
  public enum Access {
    /** Look and change. */
    WRITE,
    /** Look: the run is to come out as it is. */
    READ
  }

  /**
   * What holds of a session.
   *
   * @param exitCode what the process will end with, by how the run ended
   */
  public record Terms(Start start, Access access, ToIntFunction<RunEnd> exitCode) {}

  private Debugger(Door door, Terms terms) {
    this.door = door;
    this.terms = terms;
  }

  /**
   * Listens on a port of this host, and says so; 0 is any that is free.
   *
   * @throws HostFailure if it cannot
   */
  public static Debugger listen(int port, Terms terms, Notices notices) throws HostFailure {
    Door door = Door.open(port, notices);
    String waits = terms.start != Start.AT_ONCE ? "the run waits for " : "";
    notices.say(
        "debugger: %sgdb-multiarch -ex 'target remote 127.0.0.1:%d'".formatted(waits, door.port()));
    return new Debugger(door, terms);
  }

  /** Runs a machine to its end, with whoever attaches. */
  public RunResult run(Machine machine) {
    door.open(machine::callFromOutside);
    boolean waits = terms.start != Start.AT_ONCE;
    if (terms.start == Start.ATTACHED) {
      machine.inspection().halts().atPrograms();
    }
    Session session = null;
    while (true) {
      Session present = session;
      boolean untilProgram = waits && terms.start == Start.ATTACHED;
      boolean here = waits && terms.start == Start.HERE;
      Pause pause =
          untilProgram ? Pause.NEVER : new Pause(Long.MAX_VALUE, () -> here || isWanted(present));
      Optional<RunResult> end = machine.runUntil(pause);
      if (end.isPresent()) {
        if (session != null) {
          session.tellEnd(end.get().end());
        }
        return end.get();
      }
      machine.standStill();
      if (session == null) {
        session = next(machine, waits);
        waits = false;
      }
      if (session != null && session.serve() == Session.Outcome.DETACHED) {
        machine.inspection().halts().clear();
        door.dismiss();
        session = null;
      }
    }
  }

  private boolean isWanted(@Nullable Session session) {
    return session == null ? door.isKnockedAt() : session.isWanted();
  }

  private @Nullable Session next(Machine machine, boolean waits) {
    Client client = door.fetch(0);
    while (client == null && waits && !machine.isStopWanted()) {
      client = door.fetch(LOOK_MILLIS);
    }
    machine.inspection().halts().clear();
    return client == null ? null : new Session(client, machine, terms);
  }

  @Override
  public void close() {
    door.close();
  }
}
