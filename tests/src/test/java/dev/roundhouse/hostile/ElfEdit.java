package dev.roundhouse.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/** Edits of ELF files and bare images that hit where a loader or a processor looks. */
enum ElfEdit implements Edit {
  /**
   * A field of a header, a dynamic entry, a relocation or a symbol gets a number that is likely to
   * hurt.
   */
  A_FIELD {
    @Override
    void damage(ByteBuffer file, ElfTables elf, SplittableRandom chance) {
      if (elf.tables().isEmpty()) {
        return;
      }
      ElfTables.Range table = Edit.any(elf.tables(), chance);
      int at = table.start() + Short.BYTES * chance.nextInt(table.length() / Short.BYTES);
      switch (chance.nextInt(3)) {
        case 0 -> file.putShort(at, (short) number(file, chance));
        case 1 -> {
          int word = at & -Integer.BYTES;
          file.putInt(word, (int) changed(file.getInt(word), file, chance));
        }
        default -> {
          int field = Math.min(at & -Long.BYTES, file.limit() - Long.BYTES);
          file.putLong(field, changed(file.getLong(field), file, chance));
        }
      }
    }
  },
  /** Bytes of the debug information, whose numbers are one byte long mostly, get others. */
  DEBUG_INFORMATION {
    @Override
    void damage(ByteBuffer file, ElfTables elf, SplittableRandom chance) {
      if (elf.debugInformation().isEmpty()) {
        return;
      }
      for (int left = 1 << chance.nextInt(MOST_INSTRUCTIONS_BITS); left > 0; left--) {
        ElfTables.Range section = Edit.any(elf.debugInformation(), chance);
        int at = section.start() + chance.nextInt(section.length());
        file.put(at, (byte) (chance.nextBoolean() ? number(file, chance) : chance.nextInt()));
      }
    }
  },
  /** Instructions become others, so that the program runs into whatever they do. */
  INSTRUCTIONS {
    @Override
    void damage(ByteBuffer file, ElfTables elf, SplittableRandom chance) {
      if (elf.code().isEmpty()) {
        return;
      }
      for (int left = 1 << chance.nextInt(MOST_INSTRUCTIONS_BITS); left > 0; left--) {
        int at = place(elf, chance);
        file.putInt(at, Instructions.any(file.getInt(at), file.getInt(place(elf, chance)), chance));
      }
    }
  };

  private static final int MOST_INSTRUCTIONS_BITS = 8;
  private static final List<Long> NUMBERS =
      List.of(
          0L,
          1L,
          -1L,
          2L,
          7L,
          0xFFFL,
          0x1000L,
          0x8000L,
          0xFFFFL,
          0x8_0000L,
          0x7FFF_FFFFL,
          0x8000_0000L,
          0xFFFF_FFFFL,
          0x1_0000_0000L,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  @Override
  public byte[] damage(byte[] file, SplittableRandom chance) {
    if (file.length < Long.BYTES) {
      return file;
    }
    ByteBuffer copy = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    damage(copy, new ElfTables(file), chance);
    return copy.array();
  }

  abstract void damage(ByteBuffer file, ElfTables elf, SplittableRandom chance);

  private static int place(ElfTables elf, SplittableRandom chance) {
    ElfTables.Range code = Edit.any(elf.code(), chance);
    return code.start() + Integer.BYTES * chance.nextInt(code.length() / Integer.BYTES);
  }

  private static long changed(long old, ByteBuffer file, SplittableRandom chance) {
    return switch (chance.nextInt(4)) {
      case 0 -> old + chance.nextInt(-16, 17);
      case 1 -> old ^ 1L << chance.nextInt(Long.SIZE);
      default -> number(file, chance);
    };
  }

  private static long number(ByteBuffer file, SplittableRandom chance) {
    return switch (chance.nextInt(4)) {
      case 0 -> chance.nextLong();
      case 1 -> file.limit() + (long) chance.nextInt(-16, 17);
      default -> Edit.any(NUMBERS, chance);
    };
  }
}
