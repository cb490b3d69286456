package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.emulator.cpu.CoreState;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Device addresses of other boards of the family, which are RAM on this one, so that a kernel built
 * for them stores and polls without any effect (BCM2835 ARM Peripherals, 1.2.3; BCM2711 ARM
 * Peripherals, 1.2: legacy master addresses at 0x7E000000). They are seen in the core's registers,
 * in the code around pc, and by RAM that has nothing but what registers would have been given.
 */
final class ForeignAddresses {
  private static final long HERE = 0xFE00_0000L;
  private static final long OFFSETS = 0x00FF_FFFFL;
  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_WORDS = 1 << (PAGE_SHIFT - 2);
  private static final int REGISTER_BYTES = 0x100;
  private static final int CODE_WORDS = 64;
  private static final int BYTES = 4;
  private static final int MOVE_MASK = 0x7f80_0000;
  private static final int MOVE_ZERO = 0x5280_0000;
  private static final int MOVE_KEEP = 0x7280_0000;
  private static final int LITERAL_MASK = 0xbf00_0000;
  private static final int LITERAL = 0x1800_0000;

  private static final List<Home> HOMES =
      List.of(
          new Home(0x3F00_0000L, "a Raspberry Pi 2 or 3"),
          new Home(0x2000_0000L, "the first Raspberry Pi"),
          new Home(0x7E00_0000L, "the VideoCore's bus, as the chip's manual has it"));

  private static final List<Block> BLOCKS =
      List.of(
          new Block(0x00_3000, "system timer"),
          new Block(0x00_B000, "interrupts and mailbox"),
          new Block(0x10_0000, "watchdog"),
          new Block(0x10_4000, "random numbers"),
          new Block(0x20_0000, "GPIO"),
          new Block(0x20_1000, "UART0"),
          new Block(0x20_4000, "SPI0"),
          new Block(0x21_5000, "mini UART and AUX"));

  private record Home(long start, String board) {}

  private record Block(long offset, String name) {}

  private ForeignAddresses() {}

  /** What there is to tell, if such an address is in use. */
  static Optional<String> of(CoreState core, PhysicalMemory ram, LongToIntFunction code) {
    LongStream inCode = built(core.pc(), code);
    return LongStream.concat(
            LongStream.concat(core.general().stream().mapToLong(value -> value), inCode),
            written(ram))
        .mapToObj(ForeignAddresses::text)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> text(long address) {
    return HOMES.stream()
        .filter(home -> (address & ~OFFSETS) == home.start)
        .flatMap(home ->
            BLOCKS.stream()
                .filter(block -> isIn(block, address & OFFSETS))
                .map(block ->
                    ("the kernel uses 0x%x, the %s of %s; that is RAM on a Raspberry Pi 4, where it is"
                            + " at 0x%x")
                        .formatted(address, block.name, home.board, HERE + (address & OFFSETS))))
        .findFirst();
  }

  private static boolean isIn(Block block, long offset) {
    long inside = offset - block.offset;
    boolean isMailboxes = block.offset == 0xB000;
    return inside >= 0 && inside < (isMailboxes ? 1 << PAGE_SHIFT : REGISTER_BYTES);
  }

  /** What movz with movk, and loads of literals, give in the code around an address. */
  private static LongStream built(long pc, LongToIntFunction code) {
    LongUnaryOperator at = address -> code.applyAsInt(address);
    return IntStream.range(-CODE_WORDS, CODE_WORDS)
        .mapToLong(n -> pc + (long) n * BYTES)
        .map(address -> {
          int instruction = (int) at.applyAsLong(address);
          if ((instruction & LITERAL_MASK) == LITERAL) {
            long place = address + ((instruction << 8 >> 13) * (long) BYTES);
            return Integer.toUnsignedLong((int) at.applyAsLong(place));
          }
          return moved(instruction, (int) at.applyAsLong(address - BYTES));
        });
  }

  private static long moved(int instruction, int before) {
    int half = instruction >>> 21 & 3;
    long value = (long) (instruction >>> 5 & 0xffff) << (16 * half);
    if ((instruction & MOVE_MASK) == MOVE_ZERO) {
      return half == 1 ? value : 0;
    }
    boolean isPair =
        (instruction & MOVE_MASK) == MOVE_KEEP
            && (before & MOVE_MASK) == MOVE_ZERO
            && ((instruction ^ before) & 31) == 0;
    return isPair ? value | (long) (before >>> 5 & 0xffff) << (16 * (before >>> 21 & 3)) : 0;
  }

  /** Pages of RAM with a few words where a device has its registers, and nothing else. */
  private static LongStream written(PhysicalMemory ram) {
    return HOMES.stream()
        .flatMapToLong(home ->
            BLOCKS.stream()
                .mapToLong(block -> home.start + block.offset)
                .filter(page -> ram.contains(page, 1 << PAGE_SHIFT))
                .flatMap(page -> firstIfLikeRegisters(ram, page)));
  }

  private static LongStream firstIfLikeRegisters(PhysicalMemory ram, long page) {
    long[] used =
        LongStream.range(0, PAGE_WORDS)
            .map(word -> page + word * BYTES)
            .filter(address -> ram.getInt(address) != 0)
            .toArray();
    boolean isLike =
        used.length > 0 && LongStream.of(used).allMatch(address -> text(address).isPresent());
    return isLike ? LongStream.of(used[0]) : LongStream.empty();
  }
}
