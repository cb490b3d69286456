package dev.roundhouse.emulator.unicorn;

import dev.roundhouse.emulator.cpu.Cpu;
import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.cpu.FullSystemUnsupportedException;
import dev.roundhouse.emulator.cpu.GuestWindow;
import dev.roundhouse.emulator.cpu.SystemCpu;
import dev.roundhouse.emulator.platform.HostPlatform;
import dev.roundhouse.emulator.unicorn.binding.BlockHookCode;
import dev.roundhouse.emulator.unicorn.binding.LibUnicorn;
import dev.roundhouse.emulator.unicorn.system.UnicornSystemCpu;
import dev.roundhouse.emulator.unicorn.user.UnicornCpu;
import java.nio.file.Path;
import java.util.Optional;

/** A loaded engine library, of which processors are made. */
public final class UnicornLibrary implements Engine {
  private static final int BYTE_BITS = 8;
  private static final int BYTE_MASK = 0xff;

  /** 2.1: the exception entry of 2.0 leaves stale flags, and a stop with a new pc is lost. */
  private static final int FULL_SYSTEM_VERSION = 2 << 24 | 1 << 16;

  private final LibUnicorn functions;

  private UnicornLibrary(LibUnicorn functions) {
    this.functions = functions;
  }

  /**
   * Loads a shared library for the life of the process.
   *
   * @throws IllegalArgumentException when the file cannot be loaded or is no Unicorn 2
   */
  public static UnicornLibrary load(Path file) {
    return new UnicornLibrary(new LibUnicorn(file));
  }

  /** The version that it names itself, such as "2.1.1". */
  public String version() {
    int packed = functions.version();
    int major = (packed >>> (3 * BYTE_BITS)) & BYTE_MASK;
    int minor = (packed >>> (2 * BYTE_BITS)) & BYTE_MASK;
    int patch = (packed >>> BYTE_BITS) & BYTE_MASK;
    return major + "." + minor + "." + patch;
  }

  @Override
  public Cpu newCpu(GuestWindow ram) {
    return newCpu(ram, BlockHookCode.forPlatform(HostPlatform.current()));
  }

  /** A processor whose block hook is machine code of the host, or Java where there is none. */
  Cpu newCpu(GuestWindow ram, Optional<byte[]> blockHook) {
    return new UnicornCpu(functions, ram, blockHook);
  }

  @Override
  public SystemCpu newSystemCpu(GuestWindow ram) {
    if (functions.version() < FULL_SYSTEM_VERSION) {
      throw new FullSystemUnsupportedException(
          "Unicorn %s cannot boot a kernel: install 2.1.1 (build/install-engine) or newer"
              .formatted(version()));
    }
    return new UnicornSystemCpu(functions, ram);
  }
}
