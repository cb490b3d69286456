package dev.roundhouse.cli.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ElfDescriptionTest {
  private static final Path WITH_LINES =
      Path.of("../emulator/src/test/resources/dev/roundhouse/emulator/debuginfo/places.elf");
  private static final int TYPE = 16;
  private static final int MACHINE = 18;
  private static final int DYNAMIC = 2;
  private static final int RELA = 7;
  private static final int RELA_BYTES = 8;
  private byte[] program;

  @BeforeEach
  void read() throws IOException {
    try (var in =
        ElfDescriptionTest.class.getResourceAsStream("/dev/roundhouse/firmware/rps.elf")) {
      program = in.readAllBytes();
    }
  }

  @Test
  void aProgramIsDescribed() {
    ElfDescription.Result result = ElfDescription.of("rps.elf", program);
    assertThat(result.isLoadable()).isTrue();
    assertThat(result.text())
        .startsWith("rps.elf: " + program.length + " bytes\n")
        .contains("AArch64, ET_DYN", "LOAD", "r-x", "verdict     can be loaded");
  }

  @Test
  void functionsAreListedWithTheirPlacesInTheSource() throws IOException {
    byte[] places = Files.readAllBytes(WITH_LINES);
    ElfDescription.Result result = ElfDescription.of("places.elf", places);
    assertThat(result.text()).contains("entry       0x20c places.c:15 in _start\n");
    assertThat(result.functionLines())
        .contains("\n              0x1e0      places.c:11 in caller\n");
    assertThat(ElfJson.line(List.of(result), List.of(), 0))
        .contains("{\"address\":\"0x1e0\",\"function\":\"caller\",\"path\":\"", "\"line\":11}");
  }

  @Test
  void whatIsRefusedIsSaidWithTheReason() {
    program[TYPE] = 2;
    program[MACHINE] = 62;
    ElfDescription.Result result = ElfDescription.of("a", program);
    assertThat(result.isLoadable()).isFalse();
    assertThat(result.text())
        .contains("machine 62", "ET_EXEC", "another machine", "verdict     cannot be loaded");
  }

  @Test
  void aTableOfRelocationsThatIsNoneIsCutShort() {
    ByteBuffer file = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    int dynamic = dynamicSection(file);
    for (int at = dynamic; file.getLong(at) != 0; at += 16) {
      switch ((int) file.getLong(at)) {
        case RELA -> file.putLong(at + 8, 0);
        case RELA_BYTES -> file.putLong(at + 8, 0x1800);
        default -> {}
      }
    }
    assertThat(ElfDescription.of("a", program).text().lines())
        .hasSizeLessThan(60)
        .anyMatch(line -> line.endsWith(" of still other types"));
  }

  private static int dynamicSection(ByteBuffer file) {
    int header = (int) file.getLong(32);
    while (file.getInt(header) != DYNAMIC) {
      header += 56;
    }
    return (int) file.getLong(header + 8);
  }

  @Test
  void aFileOfAnyLengthIsDescribed() {
    for (int length = 0; length < program.length; length += 7) {
      assertThat(ElfDescription.of("cut", Arrays.copyOf(program, length)).text())
          .startsWith("cut: " + length + " bytes")
          .contains("verdict");
    }
  }

  @Test
  void aDamagedFileIsDescribed() {
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = program.clone();
      for (int i = 0; i < 8; i++) {
        damaged[4 + random.nextInt(600)] = (byte) random.nextInt();
      }
      assertThat(ElfDescription.of("damaged", damaged).text()).contains("verdict");
    }
  }
}
