package dev.roundhouse.emulator.unicorn.binding;

import java.util.HexFormat;

/** Machine code of the host, written as a listing: on each line the bytes, a space, the meaning. */
public final class MachineCode {
  private MachineCode() {}

  /** The bytes of a listing. */
  public static byte[] of(String listing) {
    StringBuilder hex = new StringBuilder();
    listing.lines().forEach(line -> hex.append(line, 0, line.indexOf(' ')));
    return HexFormat.of().parseHex(hex);
  }
}
