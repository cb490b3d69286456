package dev.roundhouse.devices.can;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.can.CanFrame.Format;
import dev.roundhouse.devices.can.CanFrame.Kind;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameBitsTest {
  private static final BigInteger POLYNOMIAL = new BigInteger("1100010110011001", 2);

  /** Another way to the same number: polynomial division of the text of bits, then stuffing. */
  static int countOf(CanFrame frame) {
    StringBuilder bits = new StringBuilder("0");
    String id = Integer.toBinaryString((1 << 29) | frame.id()).substring(1);
    String remote = frame.kind() == Kind.REMOTE ? "1" : "0";
    bits.append(
        frame.format() == Format.EXTENDED
            ? id.substring(0, 11) + "11" + id.substring(11) + remote + "00"
            : id.substring(18) + remote + "00");
    bits.append(Integer.toBinaryString(16 | frame.dlc()).substring(1));
    for (int n = 0; n < frame.length(); n++) {
      bits.append(Integer.toBinaryString(256 | frame.dataByte(n)).substring(1));
    }
    BigInteger rest = new BigInteger(bits.toString(), 2).shiftLeft(15);
    while (rest.bitLength() >= 16) {
      rest = rest.xor(POLYNOMIAL.shiftLeft(rest.bitLength() - 16));
    }
    bits.append(Integer.toBinaryString((1 << 15) | rest.intValue()).substring(1));
    int stuffed = 0;
    int run = 0;
    char last = ' ';
    for (char bit : bits.toString().toCharArray()) {
      run = bit == last ? run + 1 : 1;
      last = bit;
      if (run == 5) {
        stuffed++;
        last = bit == '0' ? '1' : '0';
        run = 1;
      }
    }
    return bits.length() + stuffed + 10;
  }

  static CanFrame random(SplittableRandom chance) {
    Format format = chance.nextBoolean() ? Format.EXTENDED : Format.STANDARD;
    Kind kind = chance.nextInt(8) == 0 ? Kind.REMOTE : Kind.DATA;
    int bits = format == Format.EXTENDED ? 29 : 11;
    // Many equal bits, as in real traffic, so that much is stuffed.
    long data = chance.nextLong() & (chance.nextLong() >>> chance.nextInt(64));
    return new CanFrame(format, kind, chance.nextInt(1 << bits), chance.nextInt(16), data);
  }

  @Test
  void tenThousandFramesHaveAsManyBitsAsCountedOtherwise() {
    SplittableRandom chance = new SplittableRandom(1);
    for (int n = 0; n < 10_000; n++) {
      CanFrame frame = random(chance);
      assertThat(FrameBits.of(frame).count()).as(frame.toString()).isEqualTo(countOf(frame));
    }
  }

  @Test
  void aLongFrameHasBetween67AndStuffedBitsWithThePause() {
    for (int bytes = 0; bytes <= 8; bytes++) {
      int least = 67 + 8 * bytes;
      int bits = FrameBits.of(CanFrame.of(0x15555555, bytes, 0x5555555555555555L)).count() + 3;
      assertThat(bits).isBetween(least, least + 13 + 2 * bytes);
      int zeros = FrameBits.of(CanFrame.of(0, bytes, 0)).count() + 3;
      assertThat(zeros).isBetween(least + 5, least + 13 + 2 * bytes);
    }
  }

  @Test
  void aDlcBeyondEightStandsForEightBytes() {
    CanFrame frame = CanFrame.of(1, 15, 0x0102030405060708L);
    assertThat(frame.length()).isEqualTo(8);
    assertThat(frame.dataByte(7)).isEqualTo(8);
  }

  @Test
  void dataBehindTheLastByteIsNone() {
    assertThat(CanFrame.of(1, 2, -1)).isEqualTo(CanFrame.of(1, 2, 0xFFFF000000000000L));
    CanFrame remote = new CanFrame(Format.STANDARD, Kind.REMOTE, 0x1F, 4, -1);
    assertThat(remote).hasToString("01F#R4");
    assertThat(remote.data()).isZero();
  }

  @Test
  void aFrameIsWrittenAsCandumpDoes() {
    assertThat(CanFrame.of(0xC300, 4, 0x00000018L << 32)).hasToString("0000C300#00000018");
  }
}
