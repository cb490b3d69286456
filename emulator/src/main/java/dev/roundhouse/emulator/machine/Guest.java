package dev.roundhouse.emulator.machine;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What runs on a machine: the two differ in who handles the traps of its processor. */
public sealed interface Guest {
  /**
   * Programs, whose traps the kernel model handles.
   *
   * @param profile which kernel they run on
   * @param programs what tasks can be made of
   * @param entryArguments keys and values for the entry program, in order
   * @param strictness whether a contract violation ends the run
   * @param guards what is watched of their writes; each one if pages do not tell code from data
   */
  record Programs(
      AbiProfile profile,
      ProgramCatalog programs,
      List<KernelConfig.Argument> entryArguments,
      Strictness strictness,
      Set<Guard> guards)
      implements Guest {
    /** Copies the collections. */
    public Programs {
      entryArguments = List.copyOf(entryArguments);
      Set<Guard> all = new TreeSet<>(guards);
      if (all.equals(Set.of(Guard.WRITES))) {
        all.addAll(Set.of(Guard.values()));
      }
      if (all.contains(Guard.CODE) && withSharedPages(programs).isPresent()) {
        all.add(Guard.WRITES);
      }
      guards = Collections.unmodifiableSet(all);
    }

    /** What makes a run of them slow, of what is watched; for people. */
    public Optional<String> slowness() {
      return guards.contains(Guard.WRITES)
          ? Optional.of(
              (guards.contains(Guard.CODE) ? withSharedPages(programs) : Optional.<String>empty())
                      .map(name -> name + " has code and data in one page of 4 KiB, so ")
                      .orElse("")
                  + "each write is looked at (--guard "
                  + Guard.WRITES.word()
                  + "): about 20 times slower")
          : Optional.empty();
    }

    private static Optional<String> withSharedPages(ProgramCatalog programs) {
      return programs.names().stream()
          .filter(name ->
              programs.find(name).orElseThrow() instanceof ParseResult.Accepted(var image, _)
                  && !image.codePages().shared().isEmpty())
          .findFirst();
    }

    /** Programs whose writes nobody watches. */
    public Programs(
        AbiProfile profile,
        ProgramCatalog programs,
        List<KernelConfig.Argument> entryArguments,
        Strictness strictness) {
      this(profile, programs, entryArguments, strictness, Set.of());
    }

    /** The same, whose writes are watched. */
    public Programs guarded(Set<Guard> newGuards) {
      return new Programs(profile, programs, entryArguments, strictness, newGuards);
    }
  }

  /**
   * A kernel that is booted and handles its traps itself.
   *
   * @param ramBytes of RAM from address 0 on, a multiple of 1 MiB
   * @param watched by which profile its system calls are told to the trace; they are not if empty
   * @param start how it finds the core
   */
  record Kernel(
      KernelImage image,
      long ramBytes,
      OnReboot onReboot,
      InstructionTime instructionTime,
      Optional<CallAbi> watched,
      HandOver start)
      implements Guest {
    /** The most RAM there is, for reasons of addresses: the devices follow. */
    public static final long MOST_RAM = Bcm2711.LAYOUT.deviceSpace().start();

    /** The least RAM that a kernel can be loaded to. */
    public static final long LEAST_RAM = 0x10_0000L;

    /** Checks the amount of RAM. */
    public Kernel {
      if (!isAmountOfRam(ramBytes)) {
        throw new IllegalArgumentException("not an amount of RAM: " + ramBytes);
      }
    }

    /** One that the firmware starts. */
    public Kernel(
        KernelImage image,
        long ramBytes,
        OnReboot onReboot,
        InstructionTime instructionTime,
        Optional<CallAbi> watched) {
      this(image, ramBytes, onReboot, instructionTime, watched, HandOver.OF_FIRMWARE);
    }

    /** The same, started by others. */
    public Kernel startedBy(HandOver newStart) {
      return new Kernel(image, ramBytes, onReboot, instructionTime, watched, newStart);
    }

    /** Whether a board can have so many bytes. */
    public static boolean isAmountOfRam(long bytes) {
      return bytes >= LEAST_RAM && bytes <= MOST_RAM && bytes % LEAST_RAM == 0;
    }

    /** The same, whose system calls are told by a profile. */
    public Kernel watchedBy(CallAbi abi) {
      return new Kernel(image, ramBytes, onReboot, instructionTime, Optional.of(abi), start);
    }

    /** The same, whose system calls nobody is told of. */
    public Kernel unwatched() {
      return new Kernel(image, ramBytes, onReboot, instructionTime, Optional.empty(), start);
    }

    /**
     * Checks that the kernel fits into its RAM.
     *
     * @throws KernelImageException when it does not
     */
    public void requireRoom() throws KernelImageException {
      image.requireRoom(ramBytes);
    }
  }

  /** What happens when a kernel asks for a reboot. */
  enum OnReboot {
    /** It boots again. */
    BOOT_AGAIN,
    /** The run ends. */
    END
  }
}
