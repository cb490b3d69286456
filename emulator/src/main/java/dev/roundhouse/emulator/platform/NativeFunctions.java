package dev.roundhouse.emulator.platform;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks up functions of a native library and links them.
 *
 * <p>Every function is linked in one of three shapes: seven 64-bit integers in, one out. C's
 * calling conventions on the 64-bit hosts pass the first six to eight integer arguments in
 * registers, ignore the upper half of a register whose parameter is a 32-bit one, and let a caller
 * pass more than is declared; so one shape serves all, and the linker generates code for one
 * function instead of twenty. That halves the start-up time of the engine. A 32-bit result has to
 * be narrowed by the caller. Variadic parameters are passed in registers too, except on Apple's
 * arm64.
 */
@SuppressWarnings("restricted") // calling native code is what this class is for
public final class NativeFunctions {
  private static final FunctionDescriptor SEVEN_INTEGERS =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor EIGHT_INTEGERS =
      SEVEN_INTEGERS.appendArgumentLayouts(JAVA_LONG);
  private static final FunctionDescriptor FOUR_INTEGERS =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor CALLBACK =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;
  private final String where;

  private NativeFunctions(SymbolLookup symbols, String where) {
    this.symbols = symbols;
    this.where = where;
  }

  /**
   * Opens a shared library for the life of the process.
   *
   * @throws IllegalArgumentException when the file is no library that this host can load
   */
  public static NativeFunctions ofLibrary(Path library) {
    return new NativeFunctions(
        SymbolLookup.libraryLookup(library, Arena.global()), library.toString());
  }

  /** The functions of the C library that the JVM itself runs on. */
  public static NativeFunctions ofHost() {
    return new NativeFunctions(Linker.nativeLinker().defaultLookup(), "the C library");
  }

  /** Whether the library has a function of that name. */
  public boolean has(String name) {
    return symbols.find(name).isPresent();
  }

  /** Where a function lies, if the library has it. */
  Optional<MemorySegment> find(String name) {
    return symbols.find(name);
  }

  /** Where a function lies. */
  public MemorySegment pointer(String name) {
    return address(name);
  }

  /** Links a function that may take its time or call back: up to seven integers in, one out. */
  public MethodHandle function(String name) {
    return linker.downcallHandle(SEVEN_INTEGERS).bindTo(address(name));
  }

  /**
   * Links a function that returns at once and never calls back: up to four integers in, one out.
   * The JVM stays in the Java state during the call, which saves about 10 ns.
   */
  public MethodHandle quickFunction(String name) {
    return linker
        .downcallHandle(FOUR_INTEGERS, Linker.Option.critical(false))
        .bindTo(address(name));
  }

  /**
   * Links a variadic function with {@code fixed} named parameters, in the shape of {@link
   * #function}.
   */
  public MethodHandle variadicFunction(String name, int fixed) {
    if (!variadicArgumentsGoOnTheStack()) {
      return function(name);
    }
    return linker
        .downcallHandle(SEVEN_INTEGERS, Linker.Option.firstVariadicArg(fixed))
        .bindTo(address(name));
  }

  /**
   * Links a variadic function with {@code fixed} named parameters: eight integers in, one out. A
   * shape of its own, which costs start-up time: only for what cannot do with seven.
   */
  public MethodHandle longVariadicFunction(String name, int fixed) {
    return linker
        .downcallHandle(EIGHT_INTEGERS, Linker.Option.firstVariadicArg(fixed))
        .bindTo(address(name));
  }

  /** What native code may call. */
  @FunctionalInterface
  public interface Callback {
    /**
     * Takes the first five integers; parameters that the C side does not pass hold rubbish, and
     * 32-bit ones rubbish in the upper half. Must not throw: an exception that leaves it ends the
     * JVM.
     */
    long call(long a, long b, long c, long d, long e);
  }

  /** A C function pointer that calls {@code target} until the arena closes. */
  public static MemorySegment callback(Callback target, Arena lifetime) {
    try {
      MethodHandle call =
          MethodHandles.lookup().findVirtual(Callback.class, "call", CALLBACK.toMethodType());
      return Linker.nativeLinker().upcallStub(call.bindTo(target), CALLBACK, lifetime);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the callback's own method is missing", e);
    }
  }

  private MemorySegment address(String name) {
    return symbols
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException(where + " has no function " + name));
  }

  private static boolean variadicArgumentsGoOnTheStack() {
    return HostPlatform.current() == HostPlatform.MACOS_ARM64;
  }
}
