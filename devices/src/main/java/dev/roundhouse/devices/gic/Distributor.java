package dev.roundhouse.devices.gic;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Field;
import dev.roundhouse.devices.register.Register;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.trace.Warnings;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The distributor of the GIC-400 as non-secure software on core 0 sees it (GICv2 architecture, IHI
 * 0048B, 4.3; GIC-400 TRM, DDI 0471B, 3.2).
 *
 * <p>Every interrupt is in group 1, as the firmware leaves them, and non-secure software cannot
 * change that: IGROUPR reads as zero. Bit 0 of GICD_CTLR as seen here enables group 1, which is why
 * a kernel that writes 1 "to enable group 0" gets its interrupts.
 */
public final class Distributor {
  /** Words of 32 interrupts each: ids 0 to 255 (raspberrypi/tools, armstub8.S, IT_NR). */
  static final int WORDS = 8;

  /** Interrupt ids. */
  static final int IDS = WORDS * Integer.SIZE;

  /** What an acknowledge reads when nothing is pending (IHI 0048B, 3.2.5). */
  static final int NONE = 1023;

  /** A priority below all others. */
  static final int IDLE_PRIORITY = 0x100;

  /** Bytes of its address range. */
  public static final int LENGTH = 0x1000;

  private static final int CTLR = 0x000;
  private static final int TYPER = 0x004;
  private static final int IIDR = 0x008;
  private static final int IGROUPR = 0x080;
  private static final WordRows ISENABLER = new WordRows("ISENABLER", 0x100, Access.W1S);
  private static final WordRows ICENABLER = new WordRows("ICENABLER", 0x180, Access.W1C);
  private static final WordRows ISPENDR = new WordRows("ISPENDR", 0x200, Access.W1S);
  private static final WordRows ICPENDR = new WordRows("ICPENDR", 0x280, Access.W1C);
  private static final WordRows ISACTIVER = new WordRows("ISACTIVER", 0x300, Access.W1S);
  private static final WordRows ICACTIVER = new WordRows("ICACTIVER", 0x380, Access.W1C);
  private static final WordRows IPRIORITYR = new WordRows("IPRIORITYR", 0x400, Access.RW);
  private static final WordRows ITARGETSR = new WordRows("ITARGETSR", 0x800, Access.RW);
  private static final WordRows ICFGR = new WordRows("ICFGR", 0xC00, Access.RW);
  private static final int PPISR = 0xD00;
  private static final WordRows SPISR = new WordRows("SPISR", 0xD00, Access.RO);
  private static final int NSACR = 0xE00;
  private static final int SGIR = 0xF00;
  private static final WordRows CPENDSGIR = new WordRows("CPENDSGIR", 0xF10, Access.W1C);
  private static final WordRows SPENDSGIR = new WordRows("SPENDSGIR", 0xF20, Access.W1S);
  private static final int PIDR4 = 0xFD0;
  private static final int[] IDENTIFICATION = {
    0x04, 0, 0, 0, 0x90, 0xB4, 0x2B, 0, 0x0D, 0xF0, 0x05, 0xB1
  };

  /** 8 words of ids, 4 cores, security extensions, 31 lockable interrupts (DDI 0471B, 3.2). */
  private static final int TYPER_VALUE = 0xFC67;

  private static final int IIDR_VALUE = 0x0200143B;
  private static final Field ENABLE_GROUP_1 = Field.bit("EnableGrp1", 0);

  /** Software-generated interrupts: ids 0 to 15, which have no line. */
  static final int SGIS = 16;

  private static final int SGI_BITS = 0xFFFF;
  private static final int PRIVATE_IDS = 32;
  private static final int TARGETS_CORE_0 = 1;
  private static final int PRIVATE_TARGETS = 0x01010101;
  private static final int ALL_CORES = 0x0F0F0F0F;
  private static final int SGI_CONFIGURATION = 0xAAAAAAAA;
  private static final int PPI_CONFIGURATION = 0x55540000;
  private static final int SPI_CONFIGURATION = 0x55555555;
  private static final int HALF_WORD = 0xFFFF;
  private static final int EDGE_BITS = 0xAAAAAAAA;
  private static final int CONFIGURATIONS_PER_WORD = 16;
  private static final Field SGI_FILTER = Field.of("TargetListFilter", 24, 2);
  private static final Field SGI_TARGETS = Field.of("CPUTargetList", 16, 8);
  private static final Field SGI_ID = Field.of("SGIINTID", 0, 4);
  private static final int WORD_BYTES = 4;

  private final RegisterTable table;
  private final Register control;
  private final Runnable changed;
  private final InterruptBits enabled = new InterruptBits();
  private final InterruptBits pended = new InterruptBits();
  private final InterruptBits active = new InterruptBits();
  private final InterruptBits lines = new InterruptBits();
  private final InterruptBits edges = new InterruptBits();
  private final int[] configuration = new int[IDS / CONFIGURATIONS_PER_WORD];
  private final int[] priorities = new int[IDS / WORD_BYTES];
  private final int[] targets = new int[IDS / WORD_BYTES];

  /**
   * A distributor as the firmware leaves it: on, nothing enabled but software interrupts.
   *
   * @param changed run after anything that may change which interrupt is next
   */
  Distributor(Warnings warnings, Runnable changed) {
    this.changed = changed;
    this.table = new RegisterTable("GICD", LENGTH, warnings);
    enabled.set(0, SGI_BITS);
    for (int word = 0; word < configuration.length; word++) {
      configuration[word] = word == 0 ? SGI_CONFIGURATION : SPI_CONFIGURATION;
    }
    configuration[1] = PPI_CONFIGURATION;
    edges.set(0, SGI_BITS);
    this.control =
        table.add(
            Register.of("CTLR", CTLR, Access.RW)
                .fields(ENABLE_GROUP_1)
                .reset(ENABLE_GROUP_1.mask())
                .writtenBy(value -> changed.run()));
    addIdentification();
    addStateRegisters();
    addByteRegisters();
    addSoftwareInterrupts();
  }

  private void addIdentification() {
    table.add(Register.of("TYPER", TYPER, Access.RO).reset(TYPER_VALUE));
    table.add(Register.of("IIDR", IIDR, Access.RO).reset(IIDR_VALUE));
    for (int n = 0; n < IDENTIFICATION.length; n++) {
      table.add(
          Register.of("ID", PIDR4 + n * WORD_BYTES, Access.RO)
              .numbered(n)
              .reset(IDENTIFICATION[n]));
    }
    table.add(Register.of("PPISR", PPISR, Access.RO).readBy(() -> lines.word(0)));
    for (int n = 1; n < WORDS; n++) {
      addWord(SPISR, n, lines::word, (word, bits) -> {});
    }
  }

  private void addStateRegisters() {
    for (int n = 0; n < WORDS; n++) {
      table.add(Register.of("IGROUPR", IGROUPR + n * WORD_BYTES, Access.RESERVED).numbered(n));
      addWord(ISENABLER, n, enabled::word, enabled::set);
      addWord(ICENABLER, n, enabled::word, this::disable);
      addWord(ISPENDR, n, this::pending, this::pend);
      addWord(ICPENDR, n, this::pending, this::unpend);
      addWord(ISACTIVER, n, active::word, active::set);
      addWord(ICACTIVER, n, active::word, active::clear);
    }
  }

  private void addByteRegisters() {
    for (int n = 0; n < priorities.length; n++) {
      addWord(
          IPRIORITYR,
          n,
          word -> GicPriority.viewedFour(priorities[word]),
          (word, value) -> priorities[word] = GicPriority.writtenFour(value));
      if (n < PRIVATE_IDS / WORD_BYTES) {
        table.add(
            Register.of("ITARGETSR", ITARGETSR.base + n * WORD_BYTES, Access.RO)
                .numbered(n)
                .reset(PRIVATE_TARGETS));
        targets[n] = PRIVATE_TARGETS;
      } else {
        addWord(
            ITARGETSR,
            n,
            word -> targets[word],
            (word, value) -> targets[word] = value & ALL_CORES);
      }
    }
    for (int n = 0; n < configuration.length; n++) {
      addWord(ICFGR, n, word -> configuration[word], this::configure);
      table.add(Register.of("NSACR", NSACR + n * WORD_BYTES, Access.RESERVED).numbered(n));
    }
  }

  private void addSoftwareInterrupts() {
    table.add(Register.of("SGIR", SGIR, Access.WO).writtenBy(this::raiseSoftwareInterrupt));
    for (int n = 0; n < SGIS / WORD_BYTES; n++) {
      addWord(CPENDSGIR, n, this::sources, this::unpendSources);
      addWord(SPENDSGIR, n, this::sources, this::pendSources);
    }
  }

  /** What a write does to a word of the distributor. */
  @FunctionalInterface
  private interface WordEffect {
    void write(int word, int value);
  }

  /** Rows of one kind, a word each. */
  private record WordRows(String name, int base, Access access) {}

  private void addWord(WordRows rows, int word, IntUnaryOperator reads, WordEffect writes) {
    Register row =
        Register.of(rows.name, rows.base + word * WORD_BYTES, rows.access)
            .numbered(word)
            .readBy(() -> reads.applyAsInt(word));
    table.add(
        row.writtenBy(value -> {
          writes.write(word, value);
          changed.run();
        }));
  }

  MmioDevice registers() {
    return table;
  }

  /** Drives the line of interrupt {@code id}. */
  void setLine(int id, Level level) {
    boolean high = level == Level.HIGH;
    if (high == lines.has(id)) {
      return;
    }
    if (high) {
      lines.setId(id);
      if (edges.has(id)) {
        pended.setId(id);
      }
    } else {
      lines.clearId(id);
    }
    changed.run();
  }

  boolean isEnabled(int id) {
    return (enabled.word(id / Integer.SIZE) >>> id % Integer.SIZE & 1) != 0;
  }

  boolean isPending(int id) {
    return (pending(id / Integer.SIZE) >>> id % Integer.SIZE & 1) != 0;
  }

  /** Why a pending interrupt does not go on to core 0; empty when it does. */
  Optional<String> whyHeld(int id) {
    if (!control.has(ENABLE_GROUP_1)) {
      return Optional.of("the distributor is off: set bit 0 of GICD_CTLR");
    }
    if (!isEnabled(id)) {
      return Optional.of(
          "it is not enabled: set bit %d of GICD_ISENABLER%d"
              .formatted(id % Integer.SIZE, id / Integer.SIZE));
    }
    if (!targetsCore0(id)) {
      return Optional.of("it does not go to core 0: set byte %d of GICD_ITARGETSR".formatted(id));
    }
    return active.has(id)
        ? Optional.of("it was taken before and not ended: write %d to GICC_EOIR".formatted(id))
        : Optional.empty();
  }

  /**
   * The pending, enabled interrupt for core 0 of the highest priority that is not active, the
   * lowest id among equals (IHI 0048B, 3.3); {@link #NONE} if there is none.
   */
  int nextPending() {
    int best = NONE;
    if (!control.has(ENABLE_GROUP_1)) {
      return best;
    }
    int bestPriority = IDLE_PRIORITY;
    for (int word = 0; word < WORDS; word++) {
      int candidates = pending(word) & enabled.word(word) & ~active.word(word);
      while (candidates != 0) {
        int id = word * Integer.SIZE + Integer.numberOfTrailingZeros(candidates);
        candidates &= candidates - 1;
        if (priority(id) < bestPriority && targetsCore0(id)) {
          best = id;
          bestPriority = priority(id);
        }
      }
    }
    return best;
  }

  /** The priority of an interrupt, 0 highest to 0xF8. */
  int priority(int id) {
    return byteOf(priorities, id);
  }

  /** Makes a pending interrupt active; a level-sensitive one stays pending while its line is up. */
  void activate(int id) {
    pended.clearId(id);
    active.setId(id);
    changed.run();
  }

  /** Makes an interrupt inactive; an id without an interrupt is ignored. */
  void deactivate(int id) {
    if (id < IDS) {
      active.clearId(id);
      changed.run();
    }
  }

  private int pending(int word) {
    return pended.word(word) | (lines.word(word) & ~edges.word(word));
  }

  /** Software interrupts are pended by SGIR only (IHI 0048B, 4.3.7). */
  private void pend(int word, int bits) {
    pended.set(word, word == 0 ? bits & ~SGI_BITS : bits);
  }

  private void unpend(int word, int bits) {
    pended.clear(word, word == 0 ? bits & ~SGI_BITS : bits);
  }

  /** Software interrupts cannot be disabled (DDI 0471B, 3.2). */
  private void disable(int word, int bits) {
    enabled.clear(word, word == 0 ? bits & ~SGI_BITS : bits);
  }

  private void configure(int word, int value) {
    if (word * CONFIGURATIONS_PER_WORD >= PRIVATE_IDS) {
      configuration[word] = SPI_CONFIGURATION | (value & EDGE_BITS);
      int half = word % 2 * CONFIGURATIONS_PER_WORD;
      edges.clear(word / 2, HALF_WORD << half);
      edges.set(word / 2, Integer.compress(value, EDGE_BITS) << half);
    }
  }

  private void raiseSoftwareInterrupt(int value) {
    boolean toCore0 =
        switch (SGI_FILTER.in(value)) {
          case 0 -> (SGI_TARGETS.in(value) & TARGETS_CORE_0) != 0;
          case 2 -> true;
          default -> false;
        };
    if (toCore0) {
      pended.setId(SGI_ID.in(value));
      changed.run();
    }
  }

  /** For four software interrupts a byte each of the cores that sent them: core 0 or none. */
  private int sources(int word) {
    return Integer.expand(pended.word(0) >>> (word * WORD_BYTES), PRIVATE_TARGETS);
  }

  private void pendSources(int word, int value) {
    pended.set(0, Integer.compress(value, PRIVATE_TARGETS) << (word * WORD_BYTES));
  }

  private void unpendSources(int word, int value) {
    pended.clear(0, Integer.compress(value, PRIVATE_TARGETS) << (word * WORD_BYTES));
  }

  private boolean targetsCore0(int id) {
    return (byteOf(targets, id) & TARGETS_CORE_0) != 0;
  }

  private static int byteOf(int[] quads, int id) {
    return quads[id / WORD_BYTES] >>> (id % WORD_BYTES * Byte.SIZE) & 0xFF;
  }
}
