package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.platform.NativeFailure;
import dev.roundhouse.emulator.platform.NativeFunctions;
import java.lang.invoke.MethodHandle;
import java.util.stream.Stream;

/** The engine's functions that emit operations of the block that it translates (qemu/tcg). */
final class EmitterFunctions {
  private static final String ADD = "tcg_gen_addi_i64";
  private static final String AND = "tcg_gen_andi_i64";
  private static final String OR = "tcg_gen_ori_i64";
  private static final String SHIFT_RIGHT = "tcg_gen_shri_i64";
  private static final String LOAD = "tcg_gen_qemu_ld_i64";
  private static final String NEW_TEMPORARY = "tcg_temp_new_internal";
  private static final String FREE_TEMPORARY = "tcg_temp_free_internal";
  private static final long TYPE_I64 = 1;

  private final MethodHandle add;
  private final MethodHandle and;
  private final MethodHandle or;
  private final MethodHandle shiftRight;
  private final MethodHandle load;
  private final MethodHandle newTemporary;
  private final MethodHandle freeTemporary;

  /** Links functions whose names have that suffix. */
  EmitterFunctions(NativeFunctions functions, String suffix) {
    add = functions.function(ADD + suffix);
    and = functions.function(AND + suffix);
    or = functions.function(OR + suffix);
    shiftRight = functions.function(SHIFT_RIGHT + suffix);
    load = functions.function(LOAD + suffix);
    newTemporary = functions.function(NEW_TEMPORARY + suffix);
    freeTemporary = functions.function(FREE_TEMPORARY + suffix);
  }

  static boolean areIn(NativeFunctions functions, String suffix) {
    return Stream.of(ADD, AND, OR, SHIFT_RIGHT, LOAD, NEW_TEMPORARY, FREE_TEMPORARY)
        .allMatch(name -> functions.has(name + suffix));
  }

  /** A new value; values are offsets from the context. */
  long newTemporary(long context) {
    try {
      return (long) newTemporary.invokeExact(context, TYPE_I64, 0L, 0L, 0L, 0L, 0L) - context;
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  void freeTemporary(long context, long value) {
    call(freeTemporary, context, context + value, 0, 0);
  }

  void add(long context, long result, long value, long constant) {
    call(add, context, result, value, constant);
  }

  void and(long context, long result, long value, long constant) {
    call(and, context, result, value, constant);
  }

  void or(long context, long result, long value, long constant) {
    call(or, context, result, value, constant);
  }

  void shiftRight(long context, long result, long value, long constant) {
    call(shiftRight, context, result, value, constant);
  }

  /** A load as the engine would emit it, without asking anybody. */
  void load(long context, long addressAndResult, long index, long operation) {
    try {
      long _ =
          (long)
              load.invokeExact(
                  context, addressAndResult, addressAndResult, index, operation, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  private static void call(MethodHandle function, long a, long b, long c, long d) {
    try {
      long _ = (long) function.invokeExact(a, b, c, d, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }
}
