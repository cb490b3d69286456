package dev.roundhouse.system;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest program written word by word, for what no bundled program does, without a cross compiler.
 * Encodings: Arm Architecture Reference Manual for A-profile, C6.2.
 */
public final class GuestCode {
  private static final int START = 0x100;
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int PAGE = 0x1000;
  private static final int HALF = 16;
  private static final int HALVES = 4;
  static final int COUNTER = 19;
  private static final int RETURN = 21;
  private static final int LINK = 30;
  private static final int NOT_EQUAL = 1;

  private final List<Integer> words = new ArrayList<>();

  /** A program that makes system call {@code number} {@code times} times and ends. */
  public static byte[] calling(int number, long times) {
    GuestCode code = new GuestCode().keepReturn().set(COUNTER, times);
    int loop = code.here();
    code.call(number).countDownTo(loop);
    return code.end();
  }

  /** A program that loads a word from {@code address} {@code times} times and ends. */
  public static byte[] loading(long address, long times) {
    GuestCode code = new GuestCode().keepReturn().set(COUNTER, times).set(0, address);
    int loop = code.here();
    code.word(0xB940_0001).countDownTo(loop);
    return code.end();
  }

  /** A program that stores a word to {@code address} and ends. */
  static byte[] storing(long address, int value) {
    return new GuestCode().keepReturn().set(0, address).set(1, value).word(0xB900_0001).end();
  }

  /** A program that stores zero to {@code address} without end. */
  static byte[] storingForEver(long address) {
    return new GuestCode().set(0, address).word(0xB900_001F).word(0x17FF_FFFF).end();
  }

  /** A program that adds 1 to the word at {@code address} until it is {@code times}, and ends. */
  public static byte[] countingAt(long address, int times) {
    GuestCode code = new GuestCode().keepReturn().set(COUNTER, times).set(0, address);
    int loop = code.here();
    code.word(0xB940_0001).word(0x1100_0421).word(0xB900_0001).word(0x6B13_003F);
    code.word(0x5400_0000 | (((loop - code.here()) & 0x7_FFFF) << 5) | NOT_EQUAL);
    return code.end();
  }

  /** A program that makes one system call and ends. */
  public static byte[] callingOnce(int number, long... arguments) {
    GuestCode code = new GuestCode().keepReturn();
    for (int x = 0; x < arguments.length; x++) {
      code.set(x, arguments[x]);
    }
    return code.call(number).end();
  }

  /** The same program, with data that it may write to in the second half of its page. */
  static byte[] besideData(byte[] program) {
    ByteBuffer file = ByteBuffer.wrap(program.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int half = PAGE / 2;
    file.putShort(HEADER_BYTES - 8, (short) 2).putLong(HEADER_BYTES + 32, half);
    file.putLong(HEADER_BYTES + 40, half).position(HEADER_BYTES + PROGRAM_HEADER_BYTES);
    file.putInt(1).putInt(6).putLong(half).putLong(half).putLong(half);
    file.putLong(half).putLong(half).putLong(PAGE);
    return file.array();
  }

  int here() {
    return words.size();
  }

  GuestCode word(int word) {
    words.add(word);
    return this;
  }

  /** Puts another word into an earlier place. */
  void replace(int place, int word) {
    words.set(place, word);
  }

  /** mov x21, x30. */
  GuestCode keepReturn() {
    return word(0xAA00_03E0 | (LINK << HALF) | RETURN);
  }

  /** movz and movk. */
  GuestCode set(int register, long value) {
    word(0xD280_0000 | ((int) (value & 0xFFFF) << 5) | register);
    for (int half = 1; half < HALVES; half++) {
      int bits = (int) (value >>> (HALF * half)) & 0xFFFF;
      if (bits != 0) {
        word(0xF280_0000 | (half << 21) | (bits << 5) | register);
      }
    }
    return this;
  }

  /** bl to the next but one word, around which the call's return goes: bl, b, svc. */
  GuestCode call(int number) {
    return word(0x9400_0002).word(0x1400_0002).word(0xD400_0001 | (number << 5));
  }

  /** subs x19, x19, #1; b.ne. */
  GuestCode countDownTo(int place) {
    word(0xF100_0400 | (COUNTER << 5) | COUNTER);
    return word(0x5400_0000 | (((place - here()) & 0x7_FFFF) << 5) | NOT_EQUAL);
  }

  /** ret to where the program came from; the ELF file. */
  byte[] end() {
    word(0xD65F_0000 | (RETURN << 5));
    ByteBuffer file = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}).position(HALF);
    file.putShort((short) 3).putShort((short) 183).putInt(1);
    file.putLong(START).putLong(HEADER_BYTES).putLong(0).putInt(0);
    file.putShort((short) HEADER_BYTES).putShort((short) PROGRAM_HEADER_BYTES);
    file.putShort((short) 1).position(HEADER_BYTES);
    file.putInt(1).putInt(5).putLong(0).putLong(0).putLong(0);
    file.putLong(PAGE).putLong(PAGE).putLong(PAGE).position(START);
    words.forEach(file::putInt);
    return file.array();
  }
}
