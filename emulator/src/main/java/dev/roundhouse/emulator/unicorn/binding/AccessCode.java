package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.platform.HostMemory;
import dev.roundhouse.emulator.platform.HostPlatform;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * Functions in machine code that stand before some of the engine's own: each has the arguments of
 * the one that it stands before, asks Java where it must, and goes on in the engine's. They are
 * machine code because an engine's function may leave by longjmp, which must not cross Java.
 * Addresses lie behind the code: the engine's function, Java's, the engine's alignment fault.
 */
enum AccessCode {
  /** (engine's core, address): asks Java (core, instruction) what to translate instead. */
  FETCH(AccessCode.FETCH_X64),
  /** (operations, block, processor, ...): tells Java (processor). */
  BLOCK(AccessCode.BLOCK_X64),
  /**
   * (context, value, address, index, operation): asks Java (context, address, index, operation).
   */
  ACCESS(AccessCode.ACCESS_X64),
  /** (context, condition, first value, second, label): tells Java (context, first value). */
  BRANCH(AccessCode.BRANCH_X64),
  /** (core, address, operation, return address): asks Java (core, address) whether it faults. */
  LOAD(AccessCode.LOAD_X64),
  /** (core, address, value, operation, return address): the same. */
  STORE(AccessCode.STORE_X64),
  /**
   * Address translation; RAM that is mapped as device memory is translated anew for each access, so
   * that each comes by, for data and code separately.
   */
  WALK(AccessCode.WALK_X64);

  private static final String FETCH_X64 =
      """
      53                   push rbx
      4889fb               mov rbx, rdi
      ff1596000000         call qword ptr [rip+0x96]
      4889df               mov rdi, rbx
      89c6                 mov esi, eax
      5b                   pop rbx
      ff2592000000         jmp qword ptr [rip+0x92]
      """;

  private static final String BLOCK_X64 =
      """
      57                   push rdi
      56                   push rsi
      52                   push rdx
      51                   push rcx
      4150                 push r8
      4889d7               mov rdi, rdx
      ff1599000000         call qword ptr [rip+0x99]
      4158                 pop r8
      59                   pop rcx
      5a                   pop rdx
      5e                   pop rsi
      5f                   pop rdi
      ff2585000000         jmp qword ptr [rip+0x85]
      """;

  private static final String ACCESS_X64 =
      """
      57                   push rdi
      56                   push rsi
      52                   push rdx
      51                   push rcx
      4150                 push r8
      4889d6               mov rsi, rdx
      4889ca               mov rdx, rcx
      4489c1               mov ecx, r8d
      ff1593000000         call qword ptr [rip+0x93]
      4158                 pop r8
      59                   pop rcx
      5a                   pop rdx
      5e                   pop rsi
      5f                   pop rdi
      4189c0               mov r8d, eax
      ff257c000000         jmp qword ptr [rip+0x7c]
      """;

  private static final String BRANCH_X64 =
      """
      57                   push rdi
      56                   push rsi
      52                   push rdx
      51                   push rcx
      4150                 push r8
      4889d6               mov rsi, rdx
      ff1599000000         call qword ptr [rip+0x99]
      4158                 pop r8
      59                   pop rcx
      5a                   pop rdx
      5e                   pop rsi
      5f                   pop rdi
      ff2585000000         jmp qword ptr [rip+0x85]
      """;

  private static final String LOAD_X64 =
      """
      89f0                 mov eax, esi
      0c00                 or al, 0x0
      a807                 test al, 0x7
      742a                 je 32
      57                   push rdi
      56                   push rsi
      52                   push rdx
      51                   push rcx
      4150                 push r8
      ff1594000000         call qword ptr [rip+0x94]
      4158                 pop r8
      59                   pop rcx
      5a                   pop rdx
      5e                   pop rsi
      5f                   pop rdi
      4885c0               test rax, rax
      7413                 je 32
      4889c7               mov rdi, rax
      4989c8               mov r8, rcx
      89d1                 mov ecx, edx
      31d2                 xor edx, edx
      83e10f               and ecx, 0xf
      ff257e000000         jmp qword ptr [rip+0x7e]
      ff2568000000         jmp qword ptr [rip+0x68]
      """;

  private static final String STORE_X64 =
      """
      89f0                 mov eax, esi
      0c00                 or al, 0x0
      a807                 test al, 0x7
      742a                 je 32
      57                   push rdi
      56                   push rsi
      52                   push rdx
      51                   push rcx
      4150                 push r8
      89ca                 mov edx, ecx
      ff1592000000         call qword ptr [rip+0x92]
      4158                 pop r8
      59                   pop rcx
      5a                   pop rdx
      5e                   pop rsi
      5f                   pop rdi
      4885c0               test rax, rax
      7411                 je 32
      4889c7               mov rdi, rax
      83e10f               and ecx, 0xf
      ba01000000           mov edx, 0x1
      ff257e000000         jmp qword ptr [rip+0x7e]
      ff2568000000         jmp qword ptr [rip+0x68]
      """;

  private static final String WALK_X64 =
      """
      48837c242000         cmp qword ptr [rsp+0x20], 0x0
      0f8581000000         jne 8d
      53                   push rbx
      4154                 push r12
      4155                 push r13
      4156                 push r14
      4883ec28             sub rsp, 0x28
      488b5c2450           mov rbx, qword ptr [rsp+0x50]
      4c8b642458           mov r12, qword ptr [rsp+0x58]
      488b442460           mov rax, qword ptr [rsp+0x60]
      4d89c5               mov r13, r8
      4189d6               mov r14d, edx
      48891c24             mov qword ptr [rsp], rbx
      4c89642408           mov qword ptr [rsp+0x8], r12
      4889442410           mov qword ptr [rsp+0x10], rax
      488d442420           lea rax, [rsp+0x20]
      4889442418           mov qword ptr [rsp+0x18], rax
      48c7442420ff000000   mov qword ptr [rsp+0x20], 0xff
      ff154d000000         call qword ptr [rip+0x4d]
      84c0                 test al, al
      752a                 jne 81
      f6442420f0           test byte ptr [rsp+0x20], 0xf0
      7523                 jne 81
      498b4d00             mov rcx, qword ptr [r13+0x0]
      48c1e91a             shr rcx, 0x1a
      83f93f               cmp ecx, 0x3f
      7416                 je 81
      4183fe02             cmp r14d, 0x2
      740d                 je 7e
      8323fb               and dword ptr [rbx], 0xfffffffb
      49c7042401000000     mov qword ptr [r12], 0x1
      eb03                 jmp 81
      832304               and dword ptr [rbx], 0x4
      4883c428             add rsp, 0x28
      415e                 pop r14
      415d                 pop r13
      415c                 pop r12
      5b                   pop rbx
      c3                   ret
      ff250d000000         jmp qword ptr [rip+0xd]
      """;

  private static final int ADDRESSES = 0xa0;
  private static final int ALWAYS_AT = 3;
  private static final int MASK_AT = 5;

  private final String x64;

  AccessCode(String x64) {
    this.x64 = x64;
  }

  /** Whether there is code for a platform. */
  static boolean isFor(HostPlatform platform) {
    return platform == HostPlatform.LINUX_X64;
  }

  /** Makes a function of it, with the addresses that it needs. */
  MemorySegment link(Arena lifetime, long... addresses) {
    return new HostMemory().executable(laidOut(addresses), lifetime);
  }

  /** The same of {@link #LOAD} or {@link #STORE}, for so many bytes; one byte always asks. */
  MemorySegment link(int bytes, Arena lifetime, long... addresses) {
    byte[] code = laidOut(addresses);
    code[MASK_AT] = (byte) Math.max(bytes - 1, 1);
    code[ALWAYS_AT] = (byte) (bytes == 1 ? 1 : 0);
    return new HostMemory().executable(code, lifetime);
  }

  private byte[] laidOut(long... addresses) {
    StringBuilder hex = new StringBuilder();
    x64.lines().forEach(line -> hex.append(line, 0, line.indexOf(' ')));
    ByteBuffer page =
        ByteBuffer.allocate(ADDRESSES + addresses.length * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    page.put(HexFormat.of().parseHex(hex)).position(ADDRESSES);
    for (long address : addresses) {
      page.putLong(address);
    }
    return page.array();
  }
}
