package dev.roundhouse.emulator.observe;

import dev.roundhouse.emulator.boundary.UserBytes;
import dev.roundhouse.emulator.cpu.CoreState;
import dev.roundhouse.emulator.cpu.CoreState.Named;
import dev.roundhouse.emulator.cpu.CoreState.TakenException;
import java.util.List;

/**
 * What the core was at when a kernel could not go on: for people, in lines of 80 to 100 columns.
 */
public final class CoreReport {
  private static final int COLUMNS = 4;
  private static final int CLASS_SHIFT = 26;
  private static final int IMMEDIATE_MASK = 0xffff;
  private static final int STATUS_MASK = 0x3f;
  private static final int LEVEL_MASK = 3;
  private static final int KIND_SHIFT = 2;
  private static final int WRITE = 1 << 6;

  private final CoreState core;
  private final Symbols symbols;
  private final UserBytes memory;
  private final StringBuilder text = new StringBuilder();

  private CoreReport(CoreState core, Symbols symbols, UserBytes memory) {
    this.memory = memory;
    this.core = core;
    this.symbols = symbols;
  }

  /** Where a core is that executed code with these symbols, and who called it. */
  public static String placeOf(CoreState core, Symbols symbols, UserBytes memory) {
    CoreReport report = new CoreReport(core, symbols, memory);
    report.place();
    report.callers();
    return report.text.toString();
  }

  /** The report of a core that executed code with these symbols. */
  public static String of(CoreState core, Symbols symbols, UserBytes memory) {
    CoreReport report = new CoreReport(core, symbols, memory);
    report.place();
    report.callers();
    report.registers();
    report.exceptions();
    core.lastAbort().ifPresent(walk -> report.text.append(WalkReport.of(walk)));
    return report.text.toString();
  }

  private void place() {
    text.append(
        "at EL%d, pc %s, pstate 0x%x%n".formatted(core.level(), code(core.pc()), core.pstate()));
    text.append("lr %s, sp 0x%x%n".formatted(code(core.general().getLast()), core.sp()));
  }

  private void callers() {
    List<String> frames = Backtrace.of(core, symbols, memory);
    if (frames.size() > 1) {
      text.append("called by\n");
      frames.stream().skip(1).forEach(frame -> text.append(frame).append('\n'));
    }
  }

  private void registers() {
    List<Long> general = core.general();
    for (int number = 0; number < general.size(); number++) {
      column(number, "%-4s0x%016x".formatted("x" + number, general.get(number)));
    }
    text.append('\n');
    int place = 0;
    for (Named register : core.named()) {
      if (register.value() != 0) {
        column(place++, "%-9s 0x%x".formatted(register.name(), register.value()));
      }
    }
    text.append(place == 0 ? "" : "\n");
  }

  private void column(int place, String entry) {
    if (place > 0 && place % COLUMNS == 0) {
      text.append('\n');
    }
    text.append(place % COLUMNS == 0 ? "  " : " ").append("%-22s".formatted(entry));
  }

  private void exceptions() {
    text.append("%d exceptions taken, interrupts not counted%n".formatted(core.exceptionsTaken()));
    TakenException before = null;
    int repeats = 0;
    for (TakenException exception : core.exceptions()) {
      if (exception.equals(before)) {
        repeats++;
      } else {
        repeated(repeats);
        repeats = 0;
        text.append(
            "  %s, at %s, to EL%d%n"
                .formatted(cause(exception), code(exception.pc()), exception.level()));
      }
      before = exception;
    }
    repeated(repeats);
  }

  private void repeated(int times) {
    if (times > 0) {
      text.append("    and more of the same\n");
    }
  }

  private String code(long address) {
    return symbols.described(address);
  }

  /** The syndrome in words (Arm Architecture Reference Manual for A-profile, ESR_ELx.EC). */
  static String cause(TakenException exception) {
    int syndrome = exception.syndrome();
    int immediate = syndrome & IMMEDIATE_MASK;
    return switch (syndrome >>> CLASS_SHIFT) {
      case 0x00 -> "undefined instruction";
      case 0x01 -> "trapped wfi or wfe";
      case 0x07 -> "FP or SIMD while it is not enabled";
      case 0x15 -> "svc #" + immediate;
      case 0x16 -> "hvc #" + immediate;
      case 0x17 -> "smc #" + immediate;
      case 0x18 -> "trapped system register, ESR 0x%x".formatted(syndrome);
      case 0x20, 0x21 -> "fetch from 0x%x: %s".formatted(exception.address(), status(syndrome));
      case 0x22 -> "pc that is not aligned";
      case 0x24, 0x25 ->
          "%s 0x%x: %s"
              .formatted(
                  (syndrome & WRITE) == 0 ? "load from" : "store to",
                  exception.address(),
                  status(syndrome));
      case 0x26 -> "sp that is not aligned";
      case 0x3c -> "brk #" + immediate;
      default -> "exception with ESR 0x%x".formatted(syndrome);
    };
  }

  /** What the MMU said (the same, ISS encoding for aborts, xFSC). */
  private static String status(int syndrome) {
    int status = syndrome & STATUS_MASK;
    int level = status & LEVEL_MASK;
    return switch (status >>> KIND_SHIFT) {
      case 0 -> "address size, level " + level;
      case 1 -> "nothing mapped, level " + level;
      case 2 -> "access flag clear, level " + level;
      case 3 -> "no permission, level " + level;
      default -> status == 0x21 ? "not aligned" : "fault status 0x%x".formatted(status);
    };
  }
}
