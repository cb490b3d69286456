package dev.roundhouse.devices.mailbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the firmware of a Raspberry Pi 4B with 4 GB, revision 1.1, answers to property tags
 * (raspberrypi/firmware wiki, "Mailbox property interface"; "Raspberry Pi revision codes").
 */
final class PropertyValues {
  private static final int FIRMWARE = 0x5F440C10;
  private static final int REVISION_4B_4GB = 0xC03111;
  private static final int SERIAL = 0x10000000;
  private static final byte[] MAC = {(byte) 0xDC, (byte) 0xA6, 0x32, 0x00, 0x45, 0x2E};

  /** What the VideoCore has of the first GiB. */
  private static final int VIDEO_MEMORY = 0x3B40_0000;

  private static final int VIDEO_MEMORY_BYTES = 0x04C0_0000;
  private static final int ON = 1;
  private static final int TEMPERATURE = 45_000;
  private static final int HOTTEST = 85_000;
  private static final int MILLION = 1_000_000;

  /** Clock rates in MHz by clock id: 1 EMMC, 2 UART, 3 ARM, 4 core, to 12 EMMC2. */
  private static final int[] MEGAHERTZ = {
    0, 250, 48, 1500, 500, 500, 500, 500, 0, 75, 54, 500, 100
  };

  private final long ramEnd;

  /** Answers for a board whose RAM ends there. */
  PropertyValues(long ramEnd) {
    this.ramEnd = ramEnd;
  }

  /** The answer to a tag with these words of request; null for a tag that is not known. */
  byte @Nullable [] of(int tag, int[] request) {
    int first = request.length > 0 ? request[0] : 0;
    return switch (tag) {
      case 0x0000_0001 -> words(FIRMWARE);
      case 0x0001_0001 -> words(0);
      case 0x0001_0002 -> words(REVISION_4B_4GB);
      case 0x0001_0003 -> MAC.clone();
      case 0x0001_0004 -> words(SERIAL, 0);
      case 0x0001_0005 -> words(0, (int) Math.min(ramEnd, VIDEO_MEMORY));
      case 0x0001_0006 -> words(VIDEO_MEMORY, VIDEO_MEMORY_BYTES);
      case 0x0005_0001 -> "\0".getBytes(StandardCharsets.US_ASCII);
      case 0x0006_0001 -> words(0x7F35);
      case 0x0002_0001, 0x0002_8001, 0x0003_0001, 0x0003_8001 -> words(first, ON);
      case 0x0002_0002 -> words(first, 0);
      case 0x0003_0002, 0x0003_0004, 0x0003_0007, 0x0003_0047, 0x0003_8002 ->
          words(first, rate(first));
      case 0x0003_0006 -> words(first, TEMPERATURE);
      case 0x0003_000A -> words(first, HOTTEST);
      default -> null;
    };
  }

  private static int rate(int clock) {
    return clock > 0 && clock < MEGAHERTZ.length ? MEGAHERTZ[clock] * MILLION : 0;
  }

  private static byte[] words(int... words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      bytes.putInt(word);
    }
    return bytes.array();
  }
}
