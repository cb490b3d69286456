package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.platform.HostPlatform;
import java.util.Optional;

/**
 * The block hook as machine code, a function (engine, address, size, state) that counts the block's
 * instructions and keeps which block it was, in {@link BlockCounter}'s memory. It costs about a
 * nanosecond; a call into Java costs forty. When the count falls below zero, another thread calls,
 * or the block is at an address that no instruction can have, it goes on in the function that the
 * state names, with the same arguments but the size in instructions. It does so too before a block
 * whose words are not as they were translated, or not known, while {@link
 * BlockCounter#compareBlocks} says so.
 */
public final class BlockHookCode {
  private static final String X64 =
      """
      c1ea02           shr    edx, 2
      48897110         mov    qword ptr [rcx+16], rsi
      895118           mov    dword ptr [rcx+24], edx
      482911           sub    qword ptr [rcx], rdx
      0f8884000000     js     call
      83791c00         cmp    dword ptr [rcx+28], 0
      757e             jne    call
      40f6c603         test   sil, 3
      7578             jnz    call
      4c8b4120         mov    r8, qword ptr [rcx+32]
      4d85c0           test   r8, r8
      7501             jnz    compare
      c3               done: ret
      4983781800       compare: cmp qword ptr [r8+24], 0
      7567             jne    call
      4d8b4810         mov    r9, qword ptr [r8+16]
      458b09           mov    r9d, dword ptr [r9]
      4183e108         and    r9d, 8
      49c1e13a         shl    r9, 58
      4889f0           mov    rax, rsi
      48c1e80c         shr    rax, 12
      4909c1           or     r9, rax
      25ff000000       and    eax, 255
      c1e005           shl    eax, 5
      4901c0           add    r8, rax
      4d3b4820         cmp    r9, qword ptr [r8+32]
      753d             jne    call
      4d8b4828         mov    r9, qword ptr [r8+40]
      4d85c9           test   r9, r9
      7434             jz     call
      89f0             mov    eax, esi
      25ff0f0000       and    eax, 4095
      448d1490         lea    r10d, [rax+rdx*4]
      4181fa00100000   cmp    r10d, 4096
      7720             ja     call
      4901c1           add    r9, rax
      49034030         add    rax, qword ptr [r8+48]
      4189d2           mov    r10d, edx
      4531c0           xor    r8d, r8d
      478b1c81         next: mov r11d, dword ptr [r9+r8*4]
      463b1c80         cmp    r11d, dword ptr [rax+r8*4]
      7509             jne    call
      49ffc0           inc    r8
      4d39d0           cmp    r8, r10
      72ee             jb     next
      c3               ret
      ff6108           call: jmp qword ptr [rcx+8]
      """;

  private static final String ARM64 =
      """
      427c0253         lsr    w2, w2, #2
      610800f9         str    x1, [x3, #16]
      621800b9         str    w2, [x3, #24]
      640040f9         ldr    x4, [x3]
      840002cb         sub    x4, x4, x2
      640000f9         str    x4, [x3]
      e404f8b7         tbnz   x4, #63, call
      651c40b9         ldr    w5, [x3, #28]
      a5040035         cbnz   w5, call
      3f0440f2         tst    x1, #3
      61040054         b.ne   call
      641040f9         ldr    x4, [x3, #32]
      440000b5         cbnz   x4, compare
      c0035fd6         ret
      850c40f9         compare: ldr x5, [x4, #24]
      c50300b5         cbnz   x5, call
      850840f9         ldr    x5, [x4, #16]
      a50040b9         ldr    w5, [x5]
      a5007d92         and    x5, x5, #8
      a51446d3         lsl    x5, x5, #58
      26fc4cd3         lsr    x6, x1, #12
      a50006aa         orr    x5, x5, x6
      c61c4092         and    x6, x6, #255
      8414068b         add    x4, x4, x6, lsl #5
      861040f9         ldr    x6, [x4, #32]
      bf0006eb         cmp    x5, x6
      61020054         b.ne   call
      851440f9         ldr    x5, [x4, #40]
      250200b4         cbz    x5, call
      262c4092         and    x6, x1, #4095
      c708028b         add    x7, x6, x2, lsl #2
      ff0440f1         cmp    x7, #1, lsl #12
      a8010054         b.hi   call
      a500068b         add    x5, x5, x6
      871840f9         ldr    x7, [x4, #48]
      c600078b         add    x6, x6, x7
      e403022a         mov    w4, w2
      04010034         cbz    w4, call
      a74440b8         next: ldr w7, [x5], #4
      c84440b8         ldr    w8, [x6], #4
      ff00086b         cmp    w7, w8
      81000054         b.ne   call
      84040071         subs   w4, w4, #1
      61ffff54         b.ne   next
      c0035fd6         ret
      700440f9         call: ldr x16, [x3, #8]
      00021fd6         br     x16
      """;

  private BlockHookCode() {}

  /** The code for a platform, where we have it and the platform lets pages become executable. */
  public static Optional<byte[]> forPlatform(HostPlatform platform) {
    return switch (platform) {
      case LINUX_X64, MACOS_X64 -> Optional.of(MachineCode.of(X64));
      case LINUX_ARM64 -> Optional.of(arm64());
      case MACOS_ARM64, OTHER -> Optional.empty();
    };
  }

  static byte[] arm64() {
    return MachineCode.of(ARM64);
  }
}
