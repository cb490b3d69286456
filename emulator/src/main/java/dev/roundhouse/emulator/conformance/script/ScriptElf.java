package dev.roundhouse.emulator.conformance.script;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes position-independent AArch64 executables with one segment (System V ABI, ELF header). */
final class ScriptElf {
  private static final byte[] IDENTIFICATION = {0x7F, 'E', 'L', 'F', 2, 1, 1};
  private static final int IDENTIFICATION_BYTES = 16;
  private static final short TYPE_DYN = 3;
  private static final short AARCH64 = 183;
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int PT_LOAD = 1;
  private static final int READ_WRITE_EXECUTE = 7;
  private static final int PAGE_BYTES = 0x1000;

  private ScriptElf() {}

  /** The program as a file. */
  static byte[] of(ScriptProgram program) {
    byte[] data = program.layout().initialData();
    int end = program.dataStart() + data.length;
    byte[] bytes = new byte[end];
    ByteBuffer file = header(bytes, end, program.span());
    file.position(ScriptProgram.CODE_START);
    for (int word : program.code().words()) {
      file.putInt(word);
    }
    file.position(program.dataStart());
    file.put(data);
    return bytes;
  }

  private static ByteBuffer header(byte[] bytes, int segmentBytes, int span) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put(IDENTIFICATION).position(IDENTIFICATION_BYTES);
    file.putShort(TYPE_DYN).putShort(AARCH64).putInt(1);
    file.putLong(ScriptProgram.CODE_START).putLong(HEADER_BYTES).putLong(0).putInt(0);
    file.putShort((short) HEADER_BYTES).putShort((short) PROGRAM_HEADER_BYTES);
    file.putShort((short) 1).position(HEADER_BYTES);
    file.putInt(PT_LOAD).putInt(READ_WRITE_EXECUTE).putLong(0).putLong(0).putLong(0);
    file.putLong(segmentBytes).putLong(span).putLong(PAGE_BYTES);
    return file;
  }
}
