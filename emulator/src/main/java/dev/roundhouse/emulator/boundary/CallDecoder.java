package dev.roundhouse.emulator.boundary;

import dev.roundhouse.kernel.abi.ArgumentShape;
import dev.roundhouse.kernel.abi.ArgumentShape.Kind;
import dev.roundhouse.kernel.abi.CallShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Reads what a call is given and what it gives back, from registers and memory. */
record CallDecoder(UserBytes memory) {
  private static final int LONGEST_TEXT = 256;

  List<GivenArgument> given(CallShape call, IntToLongFunction registers) {
    List<GivenArgument> arguments = new ArrayList<>();
    for (ArgumentShape shape : call.arguments()) {
      long value = registers.applyAsLong(shape.register());
      long length = shape.kind().hasLength() ? registers.applyAsLong(shape.lengthRegister()) : 0;
      arguments.add(
          new GivenArgument(shape.kind(), shape.name(), value, length, read(shape, value, length)));
    }
    return arguments;
  }

  private String read(ArgumentShape shape, long address, long length) {
    return switch (shape.kind()) {
      case IN -> memory.content(address, length);
      case TEXT -> text(address);
      case INT, LONG, TID, PRIORITY, OUT, OUT_INT, OUT_POINTER, IN_ANY, OUT_ANY, ANY -> "";
    };
  }

  private String text(long address) {
    String content = memory.content(address, LONGEST_TEXT);
    int end = content.indexOf('\0');
    return end < 0 ? content : content.substring(0, end);
  }

  /** What the kernel wrote, to memory and to registers that a profile names. */
  List<String> answers(CallShape call, List<GivenArgument> arguments, IntToLongFunction registers) {
    List<String> answers = answers(arguments, (int) registers.applyAsLong(0));
    call.namedResults().stream()
        .map(named -> named.text(registers.applyAsLong(named.register())))
        .forEach(answers::add);
    return answers;
  }

  /** What the kernel wrote to memory. */
  List<String> answers(List<GivenArgument> arguments, int result) {
    List<String> answers = new ArrayList<>();
    for (GivenArgument argument : arguments) {
      if (argument.kind().isAnswer()) {
        answers.add(argument.name() + "=" + answer(argument, result));
      }
    }
    return answers;
  }

  private String answer(GivenArgument argument, int result) {
    if (argument.kind() == Kind.OUT) {
      long room = argument.length();
      long bytes = result <= 0 ? 0 : Long.compareUnsigned(room, result) < 0 ? room : result;
      return Bytes.quoted(memory.content(argument.value(), bytes));
    }
    int size = argument.kind() == Kind.OUT_INT ? Integer.BYTES : Long.BYTES;
    byte[] bytes = new byte[size];
    if (memory.read(argument.value(), bytes) < size) {
      return "not mapped";
    }
    ByteBuffer number = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (argument.kind() == Kind.OUT_INT) {
      return Integer.toString(number.getInt());
    }
    return number.getLong() == 0 ? "NULL" : "an address";
  }
}
