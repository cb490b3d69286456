package dev.roundhouse.kernel.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SymbolTableTest {
  private static final int SECTIONS = 0x400;
  private static final int SYMBOLS = 0x600;
  private static final int STRINGS = 0x700;
  private static final String NAMES = "\0main\0helper\0$x\0table\0label\0";
  private static final int FUNCTION = 2;
  private static final int OBJECT = 1;
  private static final int NO_TYPE = 0;

  private final ByteBuffer symbols =
      ByteBuffer.allocate(0x100).order(ByteOrder.LITTLE_ENDIAN).put(new byte[24]);

  private SymbolTableTest symbol(String name, int type, int section, long address, long size) {
    symbols.putInt(NAMES.indexOf(name)).put((byte) (0x10 | type)).put((byte) 0);
    symbols.putShort((short) section).putLong(address).putLong(size);
    return this;
  }

  private SymbolTable table() {
    return parse(section(2, SYMBOLS, symbols.position(), 2), section(3, STRINGS, NAMES.length(), 0))
        .image()
        .symbols();
  }

  private ParseResult.Accepted parse(byte[] symbolSection, byte[] stringSection) {
    byte[] file =
        ElfBuilder.program()
            .sections(SECTIONS, 3)
            .bytes(SECTIONS + 64, symbolSection)
            .bytes(SECTIONS + 128, stringSection)
            .bytes(SYMBOLS, symbols.array())
            .bytes(STRINGS, NAMES.getBytes(StandardCharsets.US_ASCII))
            .build();
    return (ParseResult.Accepted) ElfImage.parse("prog", file);
  }

  private static byte[] section(int type, long offset, long size, int link) {
    return ByteBuffer.allocate(64)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(4, type)
        .putLong(24, offset)
        .putLong(32, size)
        .putInt(40, link)
        .array();
  }

  @Test
  void anAddressBelongsToTheSymbolThatCoversIt() {
    SymbolTable table =
        symbol("helper", FUNCTION, 1, 0x300, 0x20).symbol("main", FUNCTION, 1, 0x200, 0x40).table();
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.at(0x200)).contains(new Symbol("main", 0x200, 0x40));
    assertThat(table.at(0x23F)).map(Symbol::name).contains("main");
    assertThat(table.at(0x240)).isEmpty();
    assertThat(table.at(0x1FF)).isEmpty();
    assertThat(table.at(0x310)).map(Symbol::name).contains("helper");
    assertThat(table.at(Long.MAX_VALUE)).isEmpty();
    assertThat(table.at(-1)).isEmpty();
  }

  @Test
  void aLabelWithoutSizeReachesToTheNextSymbol() {
    SymbolTable table =
        symbol("label", NO_TYPE, 1, 0x100, 0).symbol("main", FUNCTION, 1, 0x200, 4).table();
    assertThat(table.at(0x1FC)).map(Symbol::name).contains("label");
    assertThat(table.at(0x204)).isEmpty();
  }

  @Test
  void dataMappingSymbolsAndUndefinedOnesAreLeftOut() {
    SymbolTable table =
        symbol("table", OBJECT, 1, 0x100, 8)
            .symbol("$x", NO_TYPE, 1, 0x100, 0)
            .symbol("helper", FUNCTION, 0, 0x100, 8)
            .symbol("main", FUNCTION, 1, 0x100, 8)
            .table();
    assertThat(table.size()).isEqualTo(1);
    assertThat(table.at(0x100)).map(Symbol::name).contains("main");
  }

  @Test
  void aSymbolIsFoundByName() {
    SymbolTable table = symbol("main", FUNCTION, 1, 0x100, 8).table();
    assertThat(table.named("main"::equals)).containsExactly(new Symbol("main", 0x100, 8));
    assertThat(table.named("mai"::equals)).isEmpty();
  }

  @Test
  void aDamagedTableIsAWarningAndNoSymbols() {
    symbol("main", FUNCTION, 1, 0x100, 8);
    byte[] strings = section(3, STRINGS, NAMES.length(), 0);
    byte[][] damaged = {
      section(2, -1, 48, 2),
      section(2, SYMBOLS, 0x1000, 2),
      section(2, SYMBOLS, 48, 3),
      section(2, SYMBOLS, 48, -1),
      section(2, Long.MAX_VALUE, Long.MAX_VALUE, 2)
    };
    for (byte[] section : damaged) {
      ParseResult.Accepted accepted = parse(section, strings);
      assertThat(accepted.image().symbols().size()).isZero();
      assertThat(accepted.warnings()).hasSize(1);
      assertThat(accepted.warnings().get(0).what()).contains("symbol table is damaged");
    }
    assertThat(parse(section(2, SYMBOLS, 48, 2), section(3, STRINGS, 0x1000, 0)).warnings())
        .hasSize(1);
  }

  @Test
  void namesOutsideOfTheStringsAndRunningOutOfThemDoNoHarm() {
    symbol("main", FUNCTION, 1, 0x100, 8);
    symbols.putInt(0x7FFF_FFFF).putInt(0x0001_0002).putLong(0x200).putLong(0);
    symbols.putInt(-1).putInt(0x0001_0002).putLong(0x200).putLong(0);
    SymbolTable table =
        parse(section(2, SYMBOLS, symbols.position() + 5, 2), section(3, STRINGS, 3, 0))
            .image()
            .symbols();
    assertThat(table.size()).isEqualTo(1);
    assertThat(table.at(0x104)).map(Symbol::name).contains("ma");
  }
}
