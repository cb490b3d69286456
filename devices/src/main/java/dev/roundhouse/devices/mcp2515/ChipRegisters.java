package dev.roundhouse.devices.mcp2515;

import dev.roundhouse.devices.register.Access;
import dev.roundhouse.devices.register.Register;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The chip's 128 addresses (data sheet, table 11-1). */
final class ChipRegisters {
  /** Addresses, after which the pointer of READ and WRITE begins anew. */
  static final int SIZE = 0x80;

  private static final int ROW = 0x10;
  private static final int ALL_BITS = 0xFF;

  private final @Nullable Register[] rows = new Register[SIZE];
  private final BitSet bitModifiable = new BitSet();
  private final BitSet configuration = new BitSet();

  /** Begins a row. */
  static Register row(String name, int address, Access access) {
    return Register.of(name, address, access).bits(Byte.SIZE);
  }

  Register add(Register register) {
    rows[register.offset()] = register;
    return register;
  }

  /** A register that BIT MODIFY changes bit by bit, which it does not do with others. */
  Register addBitModifiable(Register register) {
    bitModifiable.set(register.offset());
    return add(register);
  }

  /** A register that can be written in configuration mode alone. */
  Register addConfiguration(Register register) {
    configuration.set(register.offset());
    return add(register);
  }

  /** CANSTAT and CANCTRL are in all eight rows. */
  void addMirrored(Register register) {
    for (int address = register.offset(); address < SIZE; address += ROW) {
      rows[address] = register;
      bitModifiable.set(address);
    }
  }

  /** Whether writes outside of configuration mode do nothing. */
  boolean isForConfiguration(int address) {
    return configuration.get(address % SIZE);
  }

  int read(int address) {
    Register register = rows[address % SIZE];
    return register == null ? 0 : register.read();
  }

  void write(int address, int value) {
    Register register = rows[address % SIZE];
    if (register != null) {
      register.write(value);
    }
  }

  /** BIT MODIFY; where it is not allowed the mask counts as all ones (data sheet, 12.10). */
  void modify(int address, int mask, int value) {
    int change = bitModifiable.get(address % SIZE) ? mask : ALL_BITS;
    write(address, (read(address) & ~change) | (value & change));
  }

  /** All values as after a reset. */
  void restore() {
    for (Register register : rows) {
      if (register != null) {
        register.restore();
      }
    }
  }
}
