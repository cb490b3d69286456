package dev.roundhouse.devices.train.cs3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.Deflater;

/**
 * The files that a station sends when they are asked for by name ("CAN CS2 Protokoll 2.0", 7): the
 * locomotives and turnouts of its layout, in the form of a CS2. They are sent as their length, big
 * endian, and their text in zlib's format, with a CRC.
 */
final class StationFiles {
  private static final int LENGTH_BYTES = 4;
  private static final int FRAME_BYTES = 8;
  private static final int CRC_START = 0xFFFF;
  private static final int CRC_POLYNOMIAL = 0x1021;
  private static final int CRC_TOP = 0x8000;
  private static final int CRC_MASK = 0xFFFF;

  /**
   * The CRC that zeros do not change, the polynomial divided by x + 1. Clients compute it over the
   * data (traintastic) or over whole frames (RailControl): two bytes behind the data make it this,
   * so that both find it right.
   */
  private static final int CRC_THAT_STAYS = 0xF01F;

  private final Collection<Integer> trains;
  private final Collection<Integer> turnouts;

  StationFiles(Collection<Integer> trains, Collection<Integer> turnouts) {
    this.trains = trains;
    this.turnouts = turnouts;
  }

  /**
   * A file as it is sent.
   *
   * @param length of what counts, in bytes
   * @param frames the data of each frame, zeros behind what counts
   */
  record Sent(int length, int crc, List<Long> frames) {}

  /** The file of this name, if there is one. */
  Optional<Sent> find(String name) {
    return switch (name) {
      case "loks" -> Optional.of(packed(text("lokomotive", trains, StationFiles::locomotive)));
      case "mags" -> Optional.of(packed(text("magnetartikel", turnouts, StationFiles::turnout)));
      case "fs" -> Optional.of(packed("[fahrstrassen]\nversion\n .minor=4\n"));
      case "gbs" -> Optional.of(packed("[gleisbild]\nversion\n .major=1\n"));
      default -> Optional.empty();
    };
  }

  private static String text(
      String head, Collection<Integer> numbers, Function<Integer, String> entry) {
    return "["
        + head
        + "]\nversion\n .minor=4\nsession\n .id=1\n"
        + numbers.stream().map(entry).collect(Collectors.joining());
  }

  private static String locomotive(int number) {
    return """
    lokomotive
     .uid=0x%1$x
     .name=Train %1$d
     .adresse=0x%1$x
     .typ=mm2_prg
     .sid=0x0
     .mfxuid=0x0
     .vmax=255
     .funktionen
     ..nr=0
     ..typ=1
    """
        .formatted(number);
  }

  private static String turnout(int number) {
    return """
    artikel
     .id=%1$d
     .name=%1$d
     .typ=std_rot_gruen
     .schaltzeit=200
     .dectyp=mm2
    """
        .formatted(number);
  }

  /** Stored and not deflated, so that it is the same with each version of zlib. */
  private static Sent packed(String file) {
    byte[] plain = file.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(LENGTH_BYTES).putInt(plain.length).array());
    Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
    deflater.setInput(plain);
    deflater.finish();
    byte[] buffer = new byte[2 * plain.length + FRAME_BYTES];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    if ((out.size() + 2) % FRAME_BYTES == 0) {
      // RailControl expects one frame more when the last one is full.
      out.write(0);
    }
    int last = crc(out.toByteArray()) ^ CRC_THAT_STAYS;
    out.write(last >>> Byte.SIZE);
    out.write(last);
    int length = out.size();
    out.writeBytes(new byte[FRAME_BYTES - length % FRAME_BYTES]);
    ByteBuffer all = ByteBuffer.wrap(out.toByteArray());
    List<Long> frames = new ArrayList<>();
    while (all.hasRemaining()) {
      frames.add(all.getLong());
    }
    return new Sent(length, CRC_THAT_STAYS, List.copyOf(frames));
  }

  private static int crc(byte[] bytes) {
    int crc = CRC_START;
    for (byte each : bytes) {
      crc ^= (each & 0xFF) << Byte.SIZE;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & CRC_TOP) == 0 ? crc << 1 : ((crc << 1) ^ CRC_POLYNOMIAL) & CRC_MASK;
      }
    }
    return crc;
  }
}
