package dev.roundhouse.emulator.stubs;

import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.observe.CodePlace;
import dev.roundhouse.emulator.observe.Symbols;
import dev.roundhouse.kernel.loader.Symbol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * System calls in the midst of functions. A kernel that goes on at x30, as TrainsOS does, never
 * executes what is behind them (exception.S and context_switch.S, 9d49562).
 */
public final class InlinedCalls {
  private static final int INSTRUCTION_BYTES = 4;
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_PLACES = 100;
  private static final int SVC = 0xd400_0001;
  private static final int SVC_MASK = 0xffe0_001f;
  private static final int RET = 0xd65f_03c0;
  private static final int BRANCH_TO_ITSELF = 0x1400_0000;
  private static final int BRK = 0xd420_0000;
  private static final int UDF_MASK = 0xffff_0000;

  private InlinedCalls() {}

  /**
   * A call.
   *
   * @param function the symbol of its function
   * @param text where it is, in words
   */
  public record Place(String function, String text) {
    /** Whether it is in a function. */
    boolean isIn(String symbol) {
      return function.equals(symbol);
    }
  }

  /** Where they are, by addresses; of very many the first. */
  public static List<Place> in(KernelImage image) {
    Symbols symbols = Symbols.of(image);
    List<Place> places = new ArrayList<>();
    for (Symbol function : image.symbols().named(_ -> true)) {
      int bytes = (int) Math.min(Math.max(function.size(), 0), MOST_BYTES);
      ByteBuffer code =
          ByteBuffer.wrap(image.loaded(function.address(), bytes)).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at + 2 * INSTRUCTION_BYTES <= bytes; at += INSTRUCTION_BYTES) {
        boolean isCall = (code.getInt(at) & SVC_MASK) == SVC;
        if (isCall
            && isExecuted(code.getInt(at + INSTRUCTION_BYTES))
            && places.size() < MOST_PLACES) {
          places.add(place(symbols, function, at));
        }
      }
    }
    return places.stream().distinct().toList();
  }

  private static Place place(Symbols symbols, Symbol function, int at) {
    List<CodePlace> known = symbols.at(function.address() + at);
    String text = known.isEmpty() ? "" : known.getLast().text() + ", ";
    return new Place(function.name(), "%s0x%x".formatted(text, function.address() + at));
  }

  /** Whether an instruction behind a call is meant to be executed and to matter. */
  private static boolean isExecuted(int instruction) {
    return instruction != RET
        && instruction != BRANCH_TO_ITSELF
        && (instruction & SVC_MASK) != BRK
        && (instruction & UDF_MASK) != 0;
  }
}
