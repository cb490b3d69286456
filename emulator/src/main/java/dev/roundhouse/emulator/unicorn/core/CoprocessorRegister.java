package dev.roundhouse.emulator.unicorn.core;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.roundhouse.emulator.unicorn.binding.Arm64Register;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A system register of one engine, reached by its encoding. Writing any of them makes the engine
 * derive its flags from PSTATE anew (qemu/target/arm/unicorn_aarch64.c, reg_write, 2.1.1).
 */
public final class CoprocessorRegister {
  private static final long VALUE = 6 * JAVA_INT.byteSize();
  private static final int OP0_SYSTEM = 3;

  private final LibUnicorn library;
  private final long engine;
  private final MemorySegment structure;

  /** The fields op1, CRn, CRm and op2 of a register whose op0 is 3. */
  public record Encoding(int op1, int crn, int crm, int op2) {}

  public CoprocessorRegister(LibUnicorn library, long engine, Encoding encoding, Arena lifetime) {
    this.library = library;
    this.engine = engine;
    structure = lifetime.allocate(VALUE + JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
    structure.setAtIndex(JAVA_INT, 0, encoding.crn);
    structure.setAtIndex(JAVA_INT, 1, encoding.crm);
    structure.setAtIndex(JAVA_INT, 2, OP0_SYSTEM);
    structure.setAtIndex(JAVA_INT, 3, encoding.op1);
    structure.setAtIndex(JAVA_INT, 4, encoding.op2);
  }

  public long read() {
    library.readRegister(engine, Arm64Register.COPROCESSOR, structure);
    return structure.get(JAVA_LONG, VALUE);
  }

  public void write(long value) {
    structure.set(JAVA_LONG, VALUE, value);
    library.writeRegister(engine, Arm64Register.COPROCESSOR, structure);
  }
}
