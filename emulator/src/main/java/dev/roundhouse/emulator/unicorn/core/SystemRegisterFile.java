package dev.roundhouse.emulator.unicorn.core;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.cpu.CoreState.Named;
import dev.roundhouse.emulator.cpu.CoreState.WalkStep;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.core.CoprocessorRegister.Encoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * The system registers of an engine that a whole kernel's core needs, and their start values: what
 * the firmware's stub leaves to the kernel (raspberrypi/tools, armstub8.S).
 */
public final class SystemRegisterFile {
  /** RW, SMD, HCE, the bits that read as one, NS: not secure, no hvc to EL3, smc is undefined. */
  private static final long SCR_EL3 = 0x5b1;

  private static final long SCTLR_EL2 = 0x30c5_0830;
  private static final long PSTATE = 0x3c9;
  private static final long TIMER_HZ = 54_000_000;
  private static final Encoding SCR_EL3_PLACE = new Encoding(6, 1, 1, 0);
  private static final Encoding PMCR_PLACE = new Encoding(3, 9, 12, 0);
  private static final Encoding MDCR_EL2_PLACE = new Encoding(4, 1, 1, 1);

  /** MDCR_EL2.HPMN: all six event counters are EL1's. */
  private static final long MDCR_EL2 = 6;

  private static final Encoding CNTFRQ_PLACE = new Encoding(3, 14, 0, 0);
  private static final int LEVELS = 3;
  private static final int HYPERVISOR = 2;
  private static final int ENABLE_SHIFT = 20;
  private static final int ENABLED_FOR_ALL = 3;
  private static final long TRAPPED_TO_HYPERVISOR = 1 << 10;

  /** SCTLR_EL1.nTWE: wfe at EL0 is not trapped. */
  private static final long WFE_ALLOWED = 1 << 18;

  /** HCR_EL2.TWE. */
  private static final long WFE_TRAPPED = 1 << 14;

  /** SCTLR.M and SCTLR.C. */
  private static final long CACHED = 1 | 1 << 2;

  /** An attribute of MAIR: one of these bits is set unless it is device memory. */
  private static final long NORMAL_MEMORY = 0xf0;

  private final LibUnicorn library;
  private final long engine;
  private final Arena arena;
  private final MemorySegment value;
  private final CoprocessorRegister hypervisor;
  private final CoprocessorRegister floatingPointAccess;
  private final CoprocessorRegister floatingPointOfHypervisor;
  private final Translation el1;
  private final Translation el2;
  private final CoprocessorRegister memoryTypes;
  private final CoprocessorRegister memoryTypesOfHypervisor;
  private final CoprocessorRegister[] saved = new CoprocessorRegister[LEVELS];

  public SystemRegisterFile(LibUnicorn library, long engine, Arena arena) {
    this.library = library;
    this.engine = engine;
    this.arena = arena;
    value = arena.allocate(JAVA_LONG);
    floatingPointAccess = at(new Encoding(0, 1, 0, 2));
    floatingPointOfHypervisor = at(new Encoding(4, 1, 1, 2));
    hypervisor = at(new Encoding(4, 1, 1, 0));
    el1 = new Translation(at(0, 1, 0, 0), at(0, 2, 0, 0), at(0, 2, 0, 1), at(0, 2, 0, 2));
    el2 = new Translation(at(4, 1, 0, 0), at(4, 2, 0, 0), at(0, 2, 0, 1), at(4, 2, 0, 2));
    memoryTypes = at(0, 10, 2, 0);
    memoryTypesOfHypervisor = at(4, 10, 2, 0);
    saved[1] = at(new Encoding(0, 4, 0, 0));
    saved[2] = at(new Encoding(4, 4, 0, 0));
  }

  /** SCTLR, TTBR0, TTBR1 and TCR of an exception level; EL2 has no TTBR1. */
  private record Translation(
      CoprocessorRegister control,
      CoprocessorRegister root,
      CoprocessorRegister highRoot,
      CoprocessorRegister tables) {}

  private Translation translation(int level) {
    return level == HYPERVISOR ? el2 : el1;
  }

  private CoprocessorRegister at(int op1, int crn, int crm, int op2) {
    return at(new Encoding(op1, crn, crm, op2));
  }

  private CoprocessorRegister at(Encoding encoding) {
    return new CoprocessorRegister(library, engine, encoding, arena);
  }

  /** Writes what the firmware leaves behind. */
  public void start() {
    for (int level = 0; level <= 2; level++) {
      setNumbered(Arm64Register.SP_EL0 + level, 0);
      setNumbered(Arm64Register.ELR_EL0 + level, 0);
    }
    at(SCR_EL3_PLACE).write(SCR_EL3);
    hypervisor.write(0);
    at(new Encoding(4, 1, 0, 0)).write(SCTLR_EL2);
    at(CNTFRQ_PLACE).write(TIMER_HZ);
    // No performance counter of the engine's runs, ever: that makes each change of exception level
    // shorter, and they would count the host's time.
    at(PMCR_PLACE).write(0);
    at(MDCR_EL2_PLACE).write(MDCR_EL2);
    setNumbered(Arm64Register.PSTATE, PSTATE);
    at(SCR_EL3_PLACE).write(SCR_EL3);
  }

  /** HCR_EL2. */
  public CoprocessorRegister hypervisorConfiguration() {
    return hypervisor;
  }

  /** SPSR of EL1 or EL2. */
  public CoprocessorRegister savedStatus(int level) {
    return saved[level];
  }

  /**
   * To which exception level FP and SIMD trap at a level (CPACR_EL1.FPEN, CPTR_EL2.TFP), 0 when
   * they are allowed.
   */
  public int floatingPointTarget(int level) {
    if (level < HYPERVISOR) {
      int enabled = (int) (floatingPointAccess.read() >>> ENABLE_SHIFT) & ENABLED_FOR_ALL;
      boolean isAllowed = level == 1 ? (enabled & 1) != 0 : enabled == ENABLED_FOR_ALL;
      if (!isAllowed) {
        return 1;
      }
    }
    return (floatingPointOfHypervisor.read() & TRAPPED_TO_HYPERVISOR) == 0 ? 0 : HYPERVISOR;
  }

  /** SCTLR of EL1 or EL2. */
  public long control(int level) {
    return translation(level).control.read();
  }

  /**
   * To which exception level a {@code wfe} that would wait traps, 0 when it waits (Arm Architecture
   * Reference Manual for A-profile, C6.2, WFE: AArch64.CheckForWFxTrap).
   */
  public int waitForEventTarget(int level) {
    if (level == 0 && (el1.control.read() & WFE_ALLOWED) == 0) {
      return 1;
    }
    boolean isTrapped = level < HYPERVISOR && (hypervisor.read() & WFE_TRAPPED) != 0;
    return isTrapped ? HYPERVISOR : 0;
  }

  /** What is said about alignment at a level. */
  public AlignmentControl alignmentControl(int level) {
    return AlignmentControl.of(level, translation(level).control.read(), hypervisor.read());
  }

  /** Whether a level sees device memory at an address; no where nothing is mapped. */
  public boolean isDevice(int level, long virtual, GuestWindow ram) {
    Optional<TranslationWalk> tables = tables(level, ram);
    if (tables.isEmpty()) {
      return alignmentControl(level).isUncached();
    }
    int index = tables.get().attributeIndex(virtual);
    long attributes = level == HYPERVISOR ? memoryTypesOfHypervisor.read() : memoryTypes.read();
    return index >= 0 && ((attributes >>> (index * Byte.SIZE)) & NORMAL_MEMORY) == 0;
  }

  /** Whether data of a level is cached: MMU and data cache are on. EL0 has EL1's. */
  public boolean isCached(int level) {
    return (control(level) & CACHED) == CACHED;
  }

  public long numbered(int register) {
    value.set(JAVA_LONG, 0, 0);
    library.readRegister(engine, register, value);
    return value.get(JAVA_LONG, 0);
  }

  public void setNumbered(int register, long newValue) {
    value.set(JAVA_LONG, 0, newValue);
    library.writeRegister(engine, register, value);
  }

  /** Translation as loads of an exception level see it; EL0 uses EL1's. */
  public long physical(int level, long virtual, GuestWindow ram) {
    return tables(level, ram).map(walk -> walk.physical(virtual)).orElse(virtual);
  }

  /** Whether the MMU is on at a level. */
  public boolean isTranslating(int level) {
    return (translation(level).control.read() & 1) != 0;
  }

  /** What the MMU looks at; nothing while it is off. */
  public List<WalkStep> steps(int level, long virtual, GuestWindow ram) {
    return tables(level, ram).map(walk -> walk.steps(virtual)).orElse(List.of());
  }

  private Optional<TranslationWalk> tables(int level, GuestWindow ram) {
    Translation translation = translation(level);
    if (!isTranslating(level)) {
      return Optional.empty();
    }
    long highRoot = level == HYPERVISOR ? 0 : translation.highRoot.read();
    return Optional.of(
        new TranslationWalk(ram, translation.root.read(), highRoot, translation.tables.read()));
  }

  /** What a report shows. */
  public List<Named> named(SystemWindow window) {
    return List.of(
        new Named("SP_EL0", window.bank(SystemWindow.SP_EL0, 0)),
        new Named("SP_EL1", window.bank(SystemWindow.SP_EL0, 1)),
        new Named("SP_EL2", window.bank(SystemWindow.SP_EL0, 2)),
        new Named("ELR_EL1", numbered(Arm64Register.ELR_EL0 + 1)),
        new Named("SPSR_EL1", saved[1].read()),
        new Named("ESR_EL1", numbered(Arm64Register.ESR_EL0 + 1)),
        new Named("FAR_EL1", numbered(Arm64Register.FAR_EL0 + 1)),
        new Named("VBAR_EL1", numbered(Arm64Register.VBAR_EL0 + 1)),
        new Named("SCTLR_EL1", el1.control.read()),
        new Named("TTBR0_EL1", el1.root.read()),
        new Named("TTBR1_EL1", el1.highRoot.read()),
        new Named("TCR_EL1", el1.tables.read()),
        new Named("ELR_EL2", numbered(Arm64Register.ELR_EL0 + 2)),
        new Named("SPSR_EL2", saved[2].read()),
        new Named("ESR_EL2", numbered(Arm64Register.ESR_EL0 + 2)),
        new Named("FAR_EL2", numbered(Arm64Register.FAR_EL0 + 2)),
        new Named("VBAR_EL2", numbered(Arm64Register.VBAR_EL0 + 2)),
        new Named("HCR_EL2", hypervisor.read()));
  }
}
