package dev.roundhouse.emulator.unicorn.binding;

import dev.roundhouse.emulator.platform.NativeFailure;
import dev.roundhouse.emulator.platform.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The C functions of Unicorn 2 that we use, one method each (include/unicorn/unicorn.h). A result
 * other than UC_ERR_OK becomes an {@link EngineException}, save where the method says so.
 */
public final class LibUnicorn {

  /** What a call gives that went well. */
  public static final int ERR_OK = 0;

  private static final long ARCH_ARM64 = 2;
  private static final long MODE_ARM = 0;

  private static final long CTL_CPU_MODEL = 7;
  private static final long CTL_TB_REMOVE_CACHE = 9;
  private static final long CTL_TB_FLUSH = 10;
  private static final long CTL_TCG_BUFFER_SIZE = 13;
  private static final int CTL_ARGUMENTS_SHIFT = 26;
  private static final long CTL_WRITE = 1L << 30;

  /** 2.1.1: the functions that are interposed were read and tried in it. */
  private static final int INTERPOSED_VERSION = 0x0201_01;

  private static final int CTL_NAMED_PARAMETERS = 2;
  private static final int HOOK_NAMED_PARAMETERS = 7;

  /** A first address behind the last stands for all. */
  private static final long[] ALL_ADDRESSES = {1, 0};

  private static final long HOOK_INSTRUCTION = 1 << 1;

  private final Path file;
  private final MethodHandle version;
  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle start;
  private final MethodHandle stop;
  private final MethodHandle mapMemory;
  private final MethodHandle mapDevice;
  private final MethodHandle addHook;
  private final MethodHandle control;
  private final MethodHandle readRegisters;
  private final MethodHandle writeRegisters;
  private final MethodHandle readRegister;
  private final MethodHandle writeRegister;
  private final Supplier<MethodHandle> linkInstructionHook;

  /**
   * Loads the library.
   *
   * @throws IllegalArgumentException when the file cannot be loaded or lacks a function
   */
  public LibUnicorn(Path library) {
    file = library;
    NativeFunctions functions = NativeFunctions.ofLibrary(library);
    version = functions.function("uc_version");
    open = functions.function("uc_open");
    close = functions.function("uc_close");
    start = functions.function("uc_emu_start");
    stop = functions.function("uc_emu_stop");
    mapMemory = functions.function("uc_mem_map_ptr");
    mapDevice = functions.function("uc_mmio_map");
    addHook = functions.function("uc_hook_add");
    control = functions.variadicFunction("uc_ctl", CTL_NAMED_PARAMETERS);
    readRegisters = functions.quickFunction("uc_reg_read_batch");
    writeRegisters = functions.quickFunction("uc_reg_write_batch");
    readRegister = functions.quickFunction("uc_reg_read");
    writeRegister = functions.quickFunction("uc_reg_write");
    linkInstructionHook =
        () -> functions.longVariadicFunction("uc_hook_add", HOOK_NAMED_PARAMETERS);
  }

  /** The version, (major << 24) + (minor << 16) + (patch << 8) + extra; 2.0 has no patch number. */
  public int version() {
    try {
      return (int) (long) version.invokeExact(0L, 0L, 0L, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Makes an AArch64 engine and returns its handle. */
  public long open() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
      check(
          "uc_open",
          (long) open.invokeExact(ARCH_ARM64, MODE_ARM, handle.address(), 0L, 0L, 0L, 0L));
      return handle.get(ValueLayout.JAVA_LONG, 0);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Gives an engine back. */
  public void close(long engine) {
    try {
      check("uc_close", (long) close.invokeExact(engine, 0L, 0L, 0L, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Runs from {@code begin} until stopped; returns the engine's error number. */
  public int start(long engine, long begin, long until) {
    try {
      return (int) (long) start.invokeExact(engine, begin, until, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Ends the run from inside. */
  public void stop(long engine) {
    try {
      check("uc_emu_stop", (long) stop.invokeExact(engine, 0L, 0L, 0L, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Maps host memory into the guest, readable, writable and executable. */
  public void mapMemory(long engine, long address, MemorySegment memory) {
    long everything = 7;
    try {
      check(
          "uc_mem_map_ptr",
          (long)
              mapMemory.invokeExact(
                  engine, address, memory.byteSize(), everything, memory.address(), 0L, 0L));
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Maps addresses to callbacks. */
  public void mapDevice(
      long engine, long address, long bytes, MemorySegment read, MemorySegment write) {
    try {
      check(
          "uc_mmio_map",
          (long)
              mapDevice.invokeExact(
                  engine, address, bytes, read.address(), 0L, write.address(), 0L));
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Adds a hook for all addresses; {@code type} is the sum of UC_HOOK_ bits. */
  public void addHook(long engine, long type, MemorySegment callback, long userData) {
    long _ = addHook(engine, type, callback, userData, ALL_ADDRESSES);
  }

  /**
   * Adds a hook for the addresses {@code where[0]} to {@code where[1]}, both included.
   *
   * @return the address of the engine's structure of it
   */
  public long addHook(long engine, long type, MemorySegment callback, long userData, long[] where) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment hook = arena.allocate(ValueLayout.JAVA_LONG);
      check(
          "uc_hook_add",
          (long)
              addHook.invokeExact(
                  engine, hook.address(), type, callback.address(), userData, where[0], where[1]));
      return hook.get(ValueLayout.JAVA_LONG, 0);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /**
   * Adds a hook for system instructions at all addresses.
   *
   * @param instruction a UC_ARM64_INS_ number
   */
  public void addInstructionHook(
      long engine, long instruction, MemorySegment callback, long userData) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment hook = arena.allocate(ValueLayout.JAVA_LONG);
      check(
          "uc_hook_add",
          (long)
              linkInstructionHook
                  .get()
                  .invokeExact(
                      engine,
                      hook.address(),
                      HOOK_INSTRUCTION,
                      callback.address(),
                      userData,
                      ALL_ADDRESSES[0],
                      ALL_ADDRESSES[1],
                      instruction));
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Chooses the processor; only before the engine is first used. */
  void setCpuModel(long engine, long model) {
    control(engine, CTL_CPU_MODEL, 1, model, 0);
  }

  /**
   * Sets how many bytes translations may take up; only before the processor is chosen.
   *
   * @return whether the library can do that: 2.0 cannot
   */
  boolean setTranslationBuffer(long engine, long bytes) {
    return tryControl(engine, CTL_TCG_BUFFER_SIZE, 1, bytes, 0) == ERR_OK;
  }

  /**
   * Drops all translations and clears their buffer. Never inside a hook: the code that calls it is
   * in the buffer.
   */
  public void flushTranslations(long engine) {
    control(engine, CTL_TB_FLUSH, 0, 0, 0);
  }

  /** Drops translations of code from {@code start} to {@code end}, exclusive. */
  public void removeTranslations(long engine, long start, long end) {
    control(engine, CTL_TB_REMOVE_CACHE, 2, start, end);
  }

  /**
   * How cores decide about their loads and stores; nothing where this library does not let them.
   */
  public Optional<AccessInterposition> interposition() {
    boolean isKnown = version() >>> Byte.SIZE == INTERPOSED_VERSION;
    return isKnown ? AccessInterposition.of(file) : Optional.empty();
  }

  private void control(long engine, long type, long count, long first, long second) {
    check("uc_ctl " + type, tryControl(engine, type, count, first, second));
  }

  private int tryControl(long engine, long type, long count, long first, long second) {
    long command = type | (count << CTL_ARGUMENTS_SHIFT) | CTL_WRITE;
    try {
      return (int) (long) control.invokeExact(engine, command, first, second, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Reads the registers of a batch into its values. */
  public void read(long engine, RegisterBatch batch) {
    try {
      int error =
          (int)
              (long)
                  readRegisters.invokeExact(
                      engine, batch.identifiers(), batch.pointers(), batch.count());
      if (error != ERR_OK) {
        throw new EngineException("uc_reg_read_batch", error);
      }
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Writes a batch's values to its registers. */
  public void write(long engine, RegisterBatch batch) {
    try {
      int error =
          (int)
              (long)
                  writeRegisters.invokeExact(
                      engine, batch.identifiers(), batch.pointers(), batch.count());
      if (error != ERR_OK) {
        throw new EngineException("uc_reg_write_batch", error);
      }
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Reads one register into what {@code pointer} names. */
  public void readRegister(long engine, long register, MemorySegment pointer) {
    try {
      check(
          "uc_reg_read", (long) readRegister.invokeExact(engine, register, pointer.address(), 0L));
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  /** Writes one register from the value that {@code pointer} names. */
  public void writeRegister(long engine, long register, MemorySegment pointer) {
    try {
      check(
          "uc_reg_write",
          (long) writeRegister.invokeExact(engine, register, pointer.address(), 0L));
    } catch (Throwable e) {
      throw NativeFailure.rethrow(e);
    }
  }

  private static void check(String call, long result) {
    int error = (int) result;
    if (error != ERR_OK) {
      throw new EngineException(call, error);
    }
  }
}
