package dev.roundhouse.emulator.platform;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A handler of SIGBUS as machine code, for Linux. It looks for the address (siginfo_t, si_addr, at
 * 16) in a table of ranges: rows of start, end (exclusive) and a mark, up to an end of 0. In one of
 * them it maps an empty page there (mmap, private, fixed, anonymous), marks the row, and goes on
 * with the instruction; otherwise the handler before it has to see to it. It makes one system call
 * and uses the stack only, as a handler may (signal-safety(7)).
 */
final class LostPagesCode {
  private static final String X64 =
      """
      488b4610         mov    rax, [rsi+16]
      4c8b056d000000   mov    r8, [rip+table]
      4d8b4808         next: mov r9, [r8+8]
      4d85c9           test   r9, r9
      7457             jz     other
      493b00           cmp    rax, [r8]
      7205             jb     skip
      4c39c8           cmp    rax, r9
      7206             jb     ours
      4983c018         skip: add r8, 24
      ebe7             jmp    next
      57               ours: push rdi
      56               push   rsi
      52               push   rdx
      4150             push   r8
      488b3558000000   mov    rsi, [rip+page]
      4889f7           mov    rdi, rsi
      48f7df           neg    rdi
      4821c7           and    rdi, rax
      ba03000000       mov    edx, 3
      41ba32000000     mov    r10d, 0x32
      49c7c0ffffffff   mov    r8, -1
      4531c9           xor    r9d, r9d
      b809000000       mov    eax, 9
      0f05             syscall
      4158             pop    r8
      5a               pop    rdx
      5e               pop    rsi
      5f               pop    rdi
      483d00f0ffff     cmp    rax, -4096
      7709             ja     other
      49c7401001000000 mov    qword ptr [r8+16], 1
      c3               ret
      ff250f000000     other: jmp qword ptr [rip+before]
      0f1f8000000000   (the constants are at a multiple of 8)
      """;

  private static final String ARM64 =
      """
      290840f9         ldr    x9, [x1, #16]
      ea030058         ldr    x10, table
      4c2d40a9         next: ldp x12, x11, [x10]
      4b0300b4         cbz    x11, other
      3f010ceb         cmp    x9, x12
      63000054         b.lo   skip
      3f010beb         cmp    x9, x11
      63000054         b.lo   ours
      4a610091         skip: add x10, x10, #24
      f9ffff17         b      next
      e007bea9         ours: stp x0, x1, [sp, #-32]!
      e20b00f9         str    x2, [sp, #16]
      01030058         ldr    x1, page
      e00301cb         neg    x0, x1
      0000098a         and    x0, x0, x9
      620080d2         mov    x2, #3
      430680d2         mov    x3, #0x32
      04008092         mov    x4, #-1
      050080d2         mov    x5, #0
      c81b80d2         mov    x8, #222
      010000d4         svc    #0
      e90300aa         mov    x9, x0
      e20b40f9         ldr    x2, [sp, #16]
      e007c2a8         ldp    x0, x1, [sp], #32
      3ffd3fb1         cmn    x9, #4095
      82000054         b.hs   other
      290080d2         mov    x9, #1
      490900f9         str    x9, [x10, #16]
      c0035fd6         ret
      b0000058         other: ldr x16, before
      00021fd6         br     x16
      1f2003d5         (the constants are at a multiple of 8)
      """;

  private LostPagesCode() {}

  /**
   * The code, where we have it.
   *
   * @param table address of the table
   * @param before the handler before it
   * @param pageBytes of the host's pages
   */
  static Optional<byte[]> forPlatform(
      HostPlatform platform, long table, long before, long pageBytes) {
    return switch (platform) {
      case LINUX_X64 -> Optional.of(assembled(X64, table, before, pageBytes));
      case LINUX_ARM64 -> Optional.of(assembled(ARM64, table, before, pageBytes));
      case MACOS_X64, MACOS_ARM64, OTHER -> Optional.empty();
    };
  }

  private static byte[] assembled(String listing, long... constants) {
    StringBuilder hex = new StringBuilder();
    listing.lines().forEach(line -> hex.append(line, 0, line.indexOf(' ')));
    byte[] code = HexFormat.of().parseHex(hex);
    ByteBuffer all =
        ByteBuffer.allocate(code.length + constants.length * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(code);
    for (long constant : constants) {
      all.putLong(constant);
    }
    return all.array();
  }
}
