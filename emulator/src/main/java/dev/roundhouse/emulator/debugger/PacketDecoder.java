package dev.roundhouse.emulator.debugger;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds packets in the bytes that a client sends, {@code $data#checksum} (GDB manual, E.1), and
 * whatever else they are: a client may send anything, in pieces of any size.
 */
final class PacketDecoder {
  /** How much a packet may hold; of a longer one nothing is kept. */
  static final int MOST_BYTES = 1 << 14;

  private static final int INTERRUPT = 3;
  private static final int BYTE_MASK = 0xff;
  private static final int ESCAPE_MASK = 0x20;
  private static final int HEX = 16;

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private State state = State.BETWEEN;
  private int sum;
  private int told;
  private boolean isEscaped;
  private boolean isTooLong;

  private enum State {
    BETWEEN,
    DATA,
    FIRST_DIGIT,
    SECOND_DIGIT
  }

  /** What a client has said. */
  sealed interface Said {
    /** A whole packet, one character for each byte. */
    record Packet(String data) implements Said {}

    /** A packet that is too long, or whose checksum is wrong. */
    record Damaged() implements Said {}

    /** It wants the machine to stop. */
    record Interrupt() implements Said {}

    /** It wants the last answer once more. */
    record Again() implements Said {}
  }

  /** Takes the next byte, 0 to 255; what is complete with it. */
  Optional<Said> take(int value) {
    return switch (state) {
      case BETWEEN -> between(value);
      case DATA -> {
        inData(value);
        yield Optional.empty();
      }
      case FIRST_DIGIT -> {
        told = Character.digit(value, HEX) * HEX;
        state = State.SECOND_DIGIT;
        yield Optional.empty();
      }
      case SECOND_DIGIT -> {
        state = State.BETWEEN;
        boolean isWhole = !isTooLong && told + Character.digit(value, HEX) == (sum & BYTE_MASK);
        yield Optional.of(
            isWhole
                ? new Said.Packet(data.toString(StandardCharsets.ISO_8859_1))
                : new Said.Damaged());
      }
    };
  }

  private Optional<Said> between(int value) {
    if (value == '$') {
      begin();
    }
    return switch (value) {
      case INTERRUPT -> Optional.of(new Said.Interrupt());
      case '-' -> Optional.of(new Said.Again());
      default -> Optional.empty();
    };
  }

  private void begin() {
    state = State.DATA;
    data.reset();
    sum = 0;
    isEscaped = false;
    isTooLong = false;
  }

  private void inData(int value) {
    if (value == '$') {
      begin();
    } else if (value == '#') {
      state = State.FIRST_DIGIT;
    } else {
      sum += value;
      if (value == '}' && !isEscaped) {
        isEscaped = true;
      } else {
        keep(isEscaped ? value ^ ESCAPE_MASK : value);
        isEscaped = false;
      }
    }
  }

  private void keep(int value) {
    isTooLong |= data.size() == MOST_BYTES;
    if (!isTooLong) {
      data.write(value);
    }
  }

  /** A packet with these characters as its bytes. */
  static byte[] encode(String answer) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream(answer.length() + 4);
    packet.write('$');
    int sum = 0;
    for (int n = 0; n < answer.length(); n++) {
      int value = answer.charAt(n) & BYTE_MASK;
      if (value == '$' || value == '#' || value == '}' || value == '*') {
        packet.write('}');
        sum += '}';
        value ^= ESCAPE_MASK;
      }
      packet.write(value);
      sum += value;
    }
    packet.write('#');
    packet.write(Character.forDigit((sum >> 4) & 0xf, HEX));
    packet.write(Character.forDigit(sum & 0xf, HEX));
    return packet.toByteArray();
  }
}
