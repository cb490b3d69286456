package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.run.RunEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongToIntFunction;

/**
 * Why a booted kernel most likely does nothing any more, as far as core, board and memory show it
 * at the end: what is forgotten or meant for another board. A line each; none for a kernel that has
 * done what it wanted.
 *
 * @param end how the run ended
 * @param polled the register that code reads again and again, if it does
 */
public record DeadEnd(
    RunEnd end, CoreState core, Surroundings around, Code code, OptionalLong polled) {
  private static final int WFI = 0xd503_207f;
  private static final int WFE = 0xd503_205f;
  private static final int BRANCH_TO_ITSELF = 0x1400_0000;
  private static final int BYTES = 4;
  private static final long MASKED = 1 << 7;
  private static final int HYPERVISOR = 2;
  private static final long ROUTED = 1 << 4;
  private static final long LONG_NANOS = 1_000_000;
  private static final int MOST_INTERRUPTS = 3;
  private static final int SUPERVISOR_CALL = 0x15;
  private static final int CLASS_SHIFT = 26;
  private static final long FIRST_SPIN_ENTRY = 0xE0;
  private static final int OTHER_CORES = 3;

  /** The board with its RAM, and the present virtual time. */
  public record Surroundings(Board board, PhysicalMemory ram, long nowNanos) {}

  /** The instruction at a virtual address, 0 where there is none, and its symbols. */
  public record Code(LongToIntFunction instruction, Symbols symbols) {}

  /** What there is to tell, a line each. */
  public List<String> lines() {
    List<String> found = new ArrayList<>();
    if (end.isCut() || end instanceof RunEnd.NothingCanCome) {
      addPoll(found);
      addInterrupts(found);
      found.addAll(around.board.unconnected());
      ForeignAddresses.of(core, around.ram, code.instruction).ifPresent(found::add);
      if (end.isCut()) {
        addStandstill(found);
      }
    }
    if (!(end instanceof RunEnd.Exited)) {
      addOtherCores(found);
    }
    return found.stream().map(line -> "  hint: " + line).toList();
  }

  private void addPoll(List<String> found) {
    if (polled.isEmpty()) {
      return;
    }
    String name = around.board.bus().nameOf(polled.getAsLong());
    Cables.SERIAL.stream()
        .filter(line -> name.startsWith(Cables.name(line) + " "))
        .filter(line -> !around.board.line(line).isOn())
        .forEach(line ->
            found.add(
                "the kernel polls %s, which is not enabled: set it up first (CR.UARTEN, TXE, RXE)"
                    .formatted(name)));
    if (name.startsWith("VideoCore")) {
      found.add("the kernel polls %s, and no answer will come".formatted(name));
    }
  }

  private void addInterrupts(List<String> found) {
    boolean isMasked = (core.pstate() & MASKED) != 0;
    boolean isUnrouted = core.level() == HYPERVISOR && (named("HCR_EL2") & ROUTED) == 0;
    around
        .board
        .interruptions()
        .request()
        .filter(asked -> around.nowNanos - asked.sinceNanos() > LONG_NANOS)
        .ifPresent(asked -> found.add(asked.what() + whyUntaken(isMasked, isUnrouted)));
    addUnended(found);
    if (!isMasked && (isWaiting() || around.board.interruptions().taken() == 0)) {
      around.board.interruptions().held().stream().limit(MOST_INTERRUPTS).forEach(found::add);
    }
  }

  /** An exception that came while interrupts were let through may be the interrupt itself. */
  private String whyUntaken(boolean isMasked, boolean isUnrouted) {
    if (isMasked) {
      boolean wasMasked = (named("SPSR_EL" + core.level()) & MASKED) != 0;
      String orHandler =
          "; or its handler runs and never reads GICC_IAR, so that it comes again and again";
      return " waits, but PSTATE.I masks it: msr daifclr, #2" + (wasMasked ? "" : orHandler);
    }
    return isUnrouted
        ? " waits, but at EL2 it comes only with HCR_EL2.IMO (bit 4) set"
        : " comes again and again: its handler must read GICC_IAR, and write that to GICC_EOIR";
  }

  private void addUnended(List<String> found) {
    around
        .board
        .interruptions()
        .unended()
        .filter(taken -> around.nowNanos - taken.sinceNanos() > LONG_NANOS)
        .ifPresent(taken ->
            found.add(
                taken.what()
                    + " was taken at %s and not ended: write what GICC_IAR gave to GICC_EOIR"
                        .formatted(new VirtualTime(taken.sinceNanos()))));
  }

  private boolean isWaiting() {
    return end instanceof RunEnd.NothingCanCome || isWait(core.pc()) || isWait(core.pc() - BYTES);
  }

  private boolean isWait(long address) {
    int instruction = code.instruction.applyAsInt(address);
    return instruction == WFI || instruction == WFE;
  }

  private long named(String register) {
    return core.named().stream()
        .filter(candidate -> candidate.name().equals(register))
        .mapToLong(CoreState.Named::value)
        .findFirst()
        .orElse(0);
  }

  /** A branch to itself, as handlers have it that do not know what to do. */
  private void addStandstill(List<String> found) {
    if (code.instruction.applyAsInt(core.pc()) != BRANCH_TO_ITSELF) {
      return;
    }
    String after =
        core.exceptions().reversed().stream()
            .filter(exception -> exception.syndrome() >>> CLASS_SHIFT != SUPERVISOR_CALL)
            .findFirst()
            .map(exception ->
                ", after: %s, at %s".formatted(CoreReport.cause(exception), code(exception.pc())))
            .orElse("");
    found.add("the kernel stands still at %s (b .)%s".formatted(code(core.pc()), after));
  }

  private String code(long address) {
    return code.symbols.described(address);
  }

  /**
   * The firmware's stub lets each other core wait until its word is an address (raspberrypi/tools,
   * armstub8.S, spin_cpu1 to spin_cpu3).
   */
  private void addOtherCores(List<String> found) {
    for (int core = 1; core <= OTHER_CORES; core++) {
      long place = FIRST_SPIN_ENTRY + (core - 1) * (long) Long.BYTES;
      long start = around.ram.getLong(place);
      if (start != 0 && start % BYTES == 0 && around.ram.contains(start, BYTES)) {
        found.add(
            "core %d was to start at %s (spin table at 0x%x): there is one core here, and others never start"
                .formatted(core, code(start), place));
        return;
      }
    }
  }
}
