package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.hostos.HostPlatform;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The block hook as machine code, a function (engine, address, size, state) that counts the block's
 * instructions, and marks its page or keeps which block it was, in {@link BlockCounter}'s memory.
 * It costs about a nanosecond; a call into Java costs forty. When the count falls below zero, or
 * the block is at an address that no instruction can have, it goes on in the function that the
 * state names, with the same arguments but the size in instructions.
 */
public final class BlockHookCode {
  private static final String X64 =
      """
      4989f0           mov    r8, rsi
      49c1e80c         shr    r8, 12
      4181e0ffff0f00   and    r8d, 0xfffff
      42c644012001     mov    byte ptr [rcx+r8+32], 1
      c1ea02           shr    edx, 2
      482911           sub    qword ptr [rcx], rdx
      7807             js     spent
      40f6c603         test   sil, 3
      7501             jnz    spent
      c3               ret
      ff6108           spent: jmp qword ptr [rcx+8]
      """;

  private static final String ARM64 =
      """
      25fc4cd3         lsr    x5, x1, #12
      a54c4092         and    x5, x5, #0xfffff
      a500038b         add    x5, x5, x3
      26008052         mov    w6, #1
      a6800039         strb   w6, [x5, #32]
      427c0253         lsr    w2, w2, #2
      640040f9         ldr    x4, [x3]
      840002cb         sub    x4, x4, x2
      640000f9         str    x4, [x3]
      8400f8b7         tbnz   x4, #63, spent
      3f0440f2         tst    x1, #3
      41000054         b.ne   spent
      c0035fd6         ret
      700440f9         spent: ldr x16, [x3, #8]
      00021fd6         br     x16
      """;

  private static final String X64_SYSTEM =
      """
      c1ea02           shr    edx, 2
      48897110         mov    qword ptr [rcx+16], rsi
      895118           mov    dword ptr [rcx+24], edx
      482911           sub    qword ptr [rcx], rdx
      7807             js     spent
      40f6c603         test   sil, 3
      7501             jnz    spent
      c3               ret
      ff6108           spent: jmp qword ptr [rcx+8]
      """;

  private static final String ARM64_SYSTEM =
      """
      427c0253         lsr    w2, w2, #2
      610800f9         str    x1, [x3, #16]
      621800b9         str    w2, [x3, #24]
      640040f9         ldr    x4, [x3]
      840002cb         sub    x4, x4, x2
      640000f9         str    x4, [x3]
      8400f8b7         tbnz   x4, #63, spent
      3f0440f2         tst    x1, #3
      41000054         b.ne   spent
      c0035fd6         ret
      700440f9         spent: ldr x16, [x3, #8]
      00021fd6         br     x16
      """;

  private BlockHookCode() {}

  /** The code for a platform, where we have it and the platform lets pages become executable. */
  public static Optional<byte[]> forPlatform(HostPlatform platform) {
    return switch (platform) {
      case LINUX_X64, MACOS_X64 -> Optional.of(assembled(X64));
      case LINUX_ARM64 -> Optional.of(arm64());
      case MACOS_ARM64, OTHER -> Optional.empty();
    };
  }

  /**
   * The same for a whole system's core: it keeps which block was the latest, and marks no pages.
   */
  public static Optional<byte[]> forSystem(HostPlatform platform) {
    return switch (platform) {
      case LINUX_X64, MACOS_X64 -> Optional.of(assembled(X64_SYSTEM));
      case LINUX_ARM64 -> Optional.of(arm64System());
      case MACOS_ARM64, OTHER -> Optional.empty();
    };
  }

  static byte[] arm64() {
    return assembled(ARM64);
  }

  static byte[] arm64System() {
    return assembled(ARM64_SYSTEM);
  }

  private static byte[] assembled(String listing) {
    StringBuilder hex = new StringBuilder();
    listing.lines().forEach(line -> hex.append(line, 0, line.indexOf(' ')));
    return HexFormat.of().parseHex(hex);
  }
}
