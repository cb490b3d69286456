package dev.roundhouse.devices.train.cs3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.train.cs3.MarklinId.Kind;
import org.junit.jupiter.api.Test;

class MarklinIdTest {
  @Test
  void anIdentifierIsPriorityCommandResponseAndHash() {
    assertThat(MarklinId.of(0x0008_C300)).isEqualTo(new MarklinId(0, 4, Kind.COMMAND, 0xC300));
    assertThat(MarklinId.of(0x0023_3B11)).isEqualTo(new MarklinId(0, 0x11, Kind.RESPONSE, 0x3B11));
    for (int id : new int[] {0, 0x1FFF_FFFF, 0x0042_0301, 0x1E31_4711}) {
      assertThat(MarklinId.of(id).id()).isEqualTo(id);
    }
  }

  @Test
  void aHashHasBits9And8SetAndBit7Clear() {
    assertThat(MarklinId.hashOf(0x4353_A442)).isEqualTo(0x3B11);
    assertThat(MarklinId.hashOf(0) & 0x0380).isEqualTo(0x0300);
    assertThat(MarklinId.hashOf(0xFFFF_0000) & 0x0380).isEqualTo(0x0300);
  }
}
