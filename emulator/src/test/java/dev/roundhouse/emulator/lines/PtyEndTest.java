package dev.roundhouse.emulator.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.emulator.process.HostAbilities;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PtyEndTest {
  private static final int UART = 5;

  private final Heard heard = new Heard();
  private PtyEnd end;

  @BeforeEach
  void open() throws Exception {
    String offer = HostAbilities.pseudoTerminals();
    assumeTrue(offer.startsWith("available"), "pseudo-terminals: " + offer);
    end = PtyEnd.open(UART, heard.notices::add);
    heard.start(UART, end);
  }

  @AfterEach
  void close() {
    if (end != null) {
      end.close();
    }
  }

  @Test
  void theUserIsToldItsPath() {
    assertThat(heard.notices).containsExactly("UART5: " + end.path());
  }

  @Test
  void bytesComeInUnchanged() throws Exception {
    write("a\r\n\u0003\u0004\u00ff");
    assertThat(heard.text(6)).isEqualTo("a\r\n\u0003\u0004\u00ff");
  }

  @Test
  void bytesGoOutUnchangedAndAreNotEchoed() throws Exception {
    Heard.send(end, "out\n\u0003\u00ff");
    try (FileInputStream program = new FileInputStream(end.path())) {
      assertThat(new String(program.readNBytes(6), ISO_8859_1)).isEqualTo("out\n\u0003\u00ff");
    }
    write("z");
    assertThat(heard.text(1)).isEqualTo("z");
  }

  @Test
  void programsMayComeAndGo() throws Exception {
    write("1");
    write("2");
    assertThat(heard.text(2)).isEqualTo("12");
  }

  @Test
  void withoutAReaderNobodyIsHeldUp() throws Exception {
    for (int i = 0; i < 1_000_000; i++) {
      end.attachment().output().put('y');
    }
    assertThat(heard.notices).hasSize(2).last().asString().contains("does not keep up");
  }

  private void write(String text) throws IOException {
    try (FileOutputStream program = new FileOutputStream(end.path())) {
      program.write(text.getBytes(ISO_8859_1));
    }
  }
}
