package dev.roundhouse.hostile;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Edits that know nothing of a file: bits, bytes, pieces put in, taken out or moved, and cuts. */
enum ByteEdit implements Edit {
  FLIP_A_BIT {
    @Override
    byte[] at(int at, byte[] file, SplittableRandom chance) {
      file[at] ^= (byte) (1 << chance.nextInt(Byte.SIZE));
      return file;
    }
  },
  SET_A_BYTE {
    @Override
    byte[] at(int at, byte[] file, SplittableRandom chance) {
      file[at] = (byte) chance.nextInt();
      return file;
    }
  },
  FILL {
    @Override
    byte[] at(int at, byte[] file, SplittableRandom chance) {
      byte value = (byte) (chance.nextBoolean() ? 0 : chance.nextInt());
      Arrays.fill(file, at, at + length(at, file, chance), value);
      return file;
    }
  },
  INSERT {
    @Override
    byte[] at(int at, byte[] file, SplittableRandom chance) {
      byte[] piece = new byte[1 + chance.nextInt(LONGEST)];
      chance.nextBytes(piece);
      return replaced(file, at, 0, piece);
    }
  },
  REMOVE {
    @Override
    byte[] at(int at, byte[] file, SplittableRandom chance) {
      return replaced(file, at, length(at, file, chance), new byte[0]);
    }
  },
  /** Puts a piece over or between what is elsewhere. */
  MOVE {
    @Override
    byte[] at(int at, byte[] file, SplittableRandom chance) {
      int to = chance.nextInt(file.length);
      byte[] piece = Arrays.copyOfRange(file, at, at + length(at, file, chance));
      int over = chance.nextBoolean() ? Math.min(piece.length, file.length - to) : 0;
      return replaced(file, to, over, piece);
    }
  },
  CUT {
    @Override
    byte[] at(int at, byte[] file, SplittableRandom chance) {
      return Arrays.copyOf(file, at);
    }
  };

  private static final int LONGEST = 64;

  @Override
  public byte[] damage(byte[] file, SplittableRandom chance) {
    return file.length == 0 ? file : at(chance.nextInt(file.length), file.clone(), chance);
  }

  /** Damages the copy {@code file} at a place in it. */
  abstract byte[] at(int at, byte[] file, SplittableRandom chance);

  private static int length(int at, byte[] file, SplittableRandom chance) {
    return 1 + chance.nextInt(Math.min(LONGEST, file.length - at));
  }

  /** The file with {@code removed} bytes at a place replaced. */
  static byte[] replaced(byte[] file, int at, int removed, byte[] piece) {
    byte[] all = Arrays.copyOf(file, file.length - removed + piece.length);
    System.arraycopy(piece, 0, all, at, piece.length);
    System.arraycopy(file, at + removed, all, at + piece.length, file.length - at - removed);
    return all;
  }
}
