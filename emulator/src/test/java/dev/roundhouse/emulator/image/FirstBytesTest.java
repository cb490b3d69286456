package dev.roundhouse.emulator.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.kernel.loader.SymbolTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FirstBytesTest {
  private static final int TABLE = 0x100;
  private static final int NAMES = 0x300;
  private static final long ENTRY = 0x80024;
  private static final int NOTE = 7;
  private static final int ALLOCATED = 2;
  private static final int EXECUTABLE = 4;
  private static final String NAME = "\0.note.gnu.build-id\0";

  private final ByteBuffer file = ByteBuffer.allocate(0x400).order(ByteOrder.LITTLE_ENDIAN);
  private int sections;

  private FirstBytesTest section(int type, int flags, long address) {
    int at = TABLE + 64 * sections++;
    file.putInt(at, 1).putInt(at + 4, type).putLong(at + 8, flags);
    file.putLong(at + 16, address).putLong(at + 24, NAMES).putLong(at + 32, 0x24);
    return this;
  }

  private String doubt() {
    file.putInt(0, 0x464C_457F).putLong(40, TABLE).putShort(60, (short) sections);
    file.put(NAMES, NAME.getBytes(StandardCharsets.US_ASCII));
    return FirstBytes.doubt(file.array(), ENTRY, SymbolTable.EMPTY).orElse("");
  }

  @Test
  void aNoteBeforeTheCodeIsDoubtful() {
    section(0, 0, 0).section(1, ALLOCATED | EXECUTABLE, ENTRY).section(NOTE, ALLOCATED, 0x80000);
    assertThat(doubt())
        .contains("begins with section .note.gnu.build-id, which is no code, at 0x80000");
  }

  @Test
  void codeFirstIsNot() {
    section(0, 0, 0).section(1, ALLOCATED | EXECUTABLE, ENTRY).section(NOTE, ALLOCATED, 0x90000);
    assertThat(doubt()).isEmpty();
  }

  @Test
  void anImageThatBeginsWithANoteIsDoubtful() {
    file.putInt(0, 4).putInt(4, 20).putInt(8, 3).putInt(12, 0x0055_4E47);
    assertThat(FirstBytes.doubt(file.array(), 0x80000, SymbolTable.EMPTY).orElse(""))
        .contains("begins with a note");
  }
}
