package dev.roundhouse.emulator.debugger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.debugger.PacketDecoder.Said;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PacketDecoderTest {
  private static List<Said> said(PacketDecoder decoder, byte[] bytes) {
    List<Said> all = new ArrayList<>();
    for (byte each : bytes) {
      decoder.take(each & 0xff).ifPresent(all::add);
    }
    return all;
  }

  private static List<Said> said(String text) {
    return said(new PacketDecoder(), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void packetsAreFoundAmongAcknowledgementsAndInterrupts() {
    assertThat(said("+$m0,4#fd\u0003-$#00"))
        .containsExactly(
            new Said.Packet("m0,4"), new Said.Interrupt(), new Said.Again(), new Said.Packet(""));
  }

  @Test
  void aWrongChecksumAndAPacketThatIsTooLongAreDamaged() {
    String tooLong = "x".repeat(PacketDecoder.MOST_BYTES + 1);
    assertThat(said("$g#00$g#zz")).containsExactly(new Said.Damaged(), new Said.Damaged());
    assertThat(said(new PacketDecoder(), PacketDecoder.encode(tooLong)))
        .containsExactly(new Said.Damaged());
  }

  @Test
  void aPacketThatBeginsAnewDropsWhatWasBegun() {
    assertThat(said("$half$g#67")).containsExactly(new Said.Packet("g"));
  }

  @Test
  void whateverIsEncodedIsReadBackAlsoBehindGarbage() {
    SplittableRandom chance = new SplittableRandom(7);
    for (int n = 0; n < 2000; n++) {
      byte[] garbage = new byte[chance.nextInt(20)];
      chance.nextBytes(garbage);
      byte[] data = new byte[chance.nextInt(40)];
      chance.nextBytes(data);
      PacketDecoder decoder = new PacketDecoder();
      var _ = said(decoder, garbage);
      var _ = said(decoder, new byte[] {'$', '#', '0', '0'});
      String text = new String(data, StandardCharsets.ISO_8859_1);
      assertThat(said(decoder, PacketDecoder.encode(text))).containsExactly(new Said.Packet(text));
    }
  }
}
