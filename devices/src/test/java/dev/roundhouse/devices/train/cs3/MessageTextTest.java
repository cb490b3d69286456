package dev.roundhouse.devices.train.cs3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0000C300#0000000000|stop: power off",
        "0000C300#0000000001|go: power on",
        "0000C300#0000000E03|train 14: emergency stop",
        "0008C300#0000000E01C3|train 14: speed 451 (step 6)",
        "0008C300#0000400501C3|mfx locomotive 5: speed 451 (step 6)",
        "0008C300#0000C00301C3|DCC locomotive 3: speed 451 (step 6)",
        "0008C300#0000000E|train 14: speed?",
        "000AC300#0000000E03|train 14: direction changes",
        "000CC300#0000000E0001|train 14: light on",
        "0016C300#000030050001|turnout 6: curved, current on",
        "0016C300#000030050101|turnout 6: straight, current on",
        "0017C300#0000300501000014|turnout 6: straight, current off for 200 ms",
        "00233B11#00000047000100FA|contact E7: closed, was open for 2500 ms",
        "00233B11#000000470100FFFF|contact E7: open, was closed for 655350 ms or longer",
        "0030C300#|who is there?",
        "00313B11#4353A44203550000|device 4353a442 is there, version 3.85, type 0000",
        "00213B11#12345678000003|module 1: A1 A2",
        "0040C300#6C6F6B7300000000|file \"loks\"",
        "0040C300#1B5B6B7300000000|file \"\\x1b[ks\"",
        "0008C300#0000000E01|command 04 with 5 bytes is not known",
        "00FE0300#00|command 7f is not known"
      })
  void aFrameIsSaidInWords(String frame, String words) {
    assertThat(MessageText.of(StationBench.frame(frame))).isEqualTo(words);
  }
}
