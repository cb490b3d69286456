package dev.roundhouse.devices.train.cs3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.TrainSetPlan;
import dev.roundhouse.devices.train.layout.Layout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class StationFilesTest {
  private final StationBench bench =
      new StationBench(TrainSetPlan.on(Layout.trackC()).train(14, "C13").train(18, "D11").plan());

  private static byte[] data(StationBench.Heard heard) {
    return ByteBuffer.allocate(8).putLong(heard.frame().data()).array();
  }

  private List<StationBench.Heard> ask(String name) {
    StringBuilder hex = new StringBuilder();
    for (byte each : name.getBytes(StandardCharsets.US_ASCII)) {
      hex.append("%02X".formatted(each));
    }
    bench.say("00404711#" + (hex + "0".repeat(16)).substring(0, 16));
    bench.pass(2 * StationBench.SECOND);
    return List.copyOf(bench.heard);
  }

  private static int crc(byte[] bytes, int length) {
    int crc = 0xFFFF;
    for (int n = 0; n < length; n++) {
      crc ^= (bytes[n] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ ((crc & 0x8000) == 0 ? 0 : 0x1021);
      }
      crc &= 0xFFFF;
    }
    return crc;
  }

  @Test
  void theLocomotivesComeWithAnAnswerALengthACrcAndZlib() throws DataFormatException {
    List<StationBench.Heard> frames = ask("loks");
    assertThat(frames.get(0)).hasToString("00413B10#6C6F6B7300000000");
    assertThat(frames.get(1).toString()).matches("00423B10#.{12}");
    ByteBuffer head = ByteBuffer.wrap(data(frames.get(1)));
    int length = head.getInt();
    int crc = head.getShort() & 0xFFFF;
    ByteBuffer all = ByteBuffer.allocate((frames.size() - 2) * 8);
    IntStream.range(2, frames.size()).forEach(n -> all.put(data(frames.get(n))));
    byte[] bytes = all.array();
    assertThat(bytes.length).isBetween(length + 1, length + 7);
    assertThat(crc(bytes, length)).as("over the data, as traintastic").isEqualTo(crc);
    assertThat(crc(bytes, bytes.length)).as("over frames, as RailControl").isEqualTo(crc);
    assertThat(crc).isNotZero();
    Inflater inflater = new Inflater();
    inflater.setInput(bytes, 4, length - 4);
    byte[] plain = new byte[ByteBuffer.wrap(bytes).getInt()];
    assertThat(inflater.inflate(plain)).isEqualTo(plain.length);
    assertThat(inflater.finished()).isTrue();
    assertThat(new String(plain, StandardCharsets.ISO_8859_1))
        .startsWith("[lokomotive]\nversion\n .minor=4\n")
        .contains("lokomotive\n .uid=0xe\n .name=Train 14\n", " .adresse=0x12\n .typ=mm2_prg\n");
  }

  @Test
  void otherFilesAreTheTurnoutsOrEmptyOnesAndWhatIsNotThereIsNotAnswered() {
    assertThat(ask("mags")).hasSizeGreaterThan(20);
    assertThat(ask("fs")).hasSizeGreaterThan(2);
    assertThat(ask("lokinfo")).isEmpty();
  }

  @Test
  void theTrackProcessorDescribesItself() {
    assertThat(bench.say("003A4711#4353A44200"))
        .startsWith("003B0301#0000000000000001", "003B0302#3630323236000000")
        .endsWith("003B3B11#4353A4420005");
    assertThat(bench.say("003A4711#4353A44300")).isEmpty();
  }
}
