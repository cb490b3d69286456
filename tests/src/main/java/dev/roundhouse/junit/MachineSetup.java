package dev.roundhouse.junit;

import dev.roundhouse.devices.train.event.Position;
import dev.roundhouse.devices.train.motion.Locomotive;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.run.InstructionTime;
import dev.roundhouse.emulator.run.RunLimits;
import dev.roundhouse.emulator.setup.AbiFile;
import dev.roundhouse.emulator.setup.BundledSystem;
import dev.roundhouse.emulator.setup.KernelFile;
import dev.roundhouse.emulator.setup.ProgramShelf;
import dev.roundhouse.emulator.setup.TrackRequest;
import dev.roundhouse.emulator.testing.TestMachine;
import dev.roundhouse.emulator.testing.TestMachinePlan;
import dev.roundhouse.kernel.KernelConfig;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.loader.RelocationPolicy;
import dev.roundhouse.kernel.report.Strictness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a machine is made of. Nothing is read or checked before {@link #machine} is used; each
 * machine is made anew of it.
 */
public final class MachineSetup {
  /** The UART that is the console of programs, as for {@code roundhouse run}. */
  public static final int CONSOLE = 2;

  /** The UART that is the console of a booted kernel, as for {@code roundhouse boot}. */
  public static final int KERNEL_CONSOLE = 0;

  /** In place of a UART's number: the one that is usual for what runs. */
  public static final int USUAL_CONSOLE = -1;

  /** The UART that the train set's interface box is usually plugged into. */
  public static final int TRAIN_UART = 3;

  private static final String NO_TRACK = "trains need a track: give the machine one by @Track";

  private final List<Source> sources = new ArrayList<>();
  private final List<KernelConfig.Argument> arguments = new ArrayList<>();
  private final SortedMap<Integer, String> trains = new TreeMap<>();
  private final SortedMap<Integer, Position> turnouts = new TreeMap<>();
  private int console = USUAL_CONSOLE;
  private String profile = "trainsos";
  private int trainUart = TRAIN_UART;
  private Strictness strictness = Strictness.TOLERANT;
  private final Set<Guard> guards = EnumSet.noneOf(Guard.class);
  private @Nullable String image;
  private @Nullable KernelSource kernelSource;
  private long ram = Guest.Kernel.MOST_RAM;
  private @Nullable String abi;
  private Guest.OnReboot onReboot = Guest.OnReboot.BOOT_AGAIN;
  private @Nullable String layout;
  private @Nullable Path faults;
  private @Nullable Path locomotives;
  private @Nullable Path box;
  private long seed;

  MachineSetup() {}

  /** What a program is in its machine. */
  private enum Part {
    ENTRY,
    OTHER
  }

  /** A program, wherever it comes from. */
  private interface Source {
    void addTo(ProgramShelf shelf, Part part) throws UserError;
  }

  /** A kernel, wherever it comes from. */
  private interface KernelSource {
    KernelImage read() throws UserError, KernelImageException;
  }

  /** A kernel to boot from a file, or else a bundled one of that name, in place of programs. */
  public MachineSetup kernel(Path file) {
    kernelSource = () -> KernelFile.read(file, _ -> {});
    return this;
  }

  /** A kernel to boot from memory: kernel8.img or an ELF file. */
  public MachineSetup kernel(String name, byte[] content) {
    byte[] copy = content.clone();
    kernelSource = () -> KernelImage.parse(name, copy);
    return this;
  }

  /**
   * What the system calls of a booted kernel are, so that tests know what its tasks wait for:
   * {@code trainsos}, {@code course}, {@code mini}, or the file of an ABI profile.
   */
  public MachineSetup abi(String profileOrFile) {
    abi = profileOrFile;
    return this;
  }

  /** The RAM of a booted kernel in bytes, a multiple of 1 MiB. */
  public MachineSetup ram(long bytes) {
    ram = bytes;
    return this;
  }

  /** Lets a booted kernel's reboot end the run. */
  public MachineSetup rebootIsTheEnd() {
    onReboot = Guest.OnReboot.END;
    return this;
  }

  /** A bundled system. */
  public MachineSetup image(String system) {
    image = system;
    return this;
  }

  /** A program from a file; without an image, the first one is the entry. */
  public MachineSetup program(Path elf) {
    sources.add((shelf, part) -> {
      if (part == Part.ENTRY) {
        shelf.addEntry(elf);
      } else {
        shelf.add(elf);
      }
    });
    return this;
  }

  /** A program from memory; without an image, the first one is the entry. */
  public MachineSetup program(String name, byte[] elf) {
    byte[] copy = elf.clone();
    sources.add((shelf, part) -> {
      if (part == Part.ENTRY) {
        shelf.addEntry(name, copy);
      } else {
        shelf.add(name, copy);
      }
    });
    return this;
  }

  /** An argument of the entry. */
  public MachineSetup arg(String key, String value) {
    arguments.add(new KernelConfig.Argument(key, value));
    return this;
  }

  /** The UART that {@link Machine#console} is. */
  public MachineSetup console(int uart) {
    console = uart;
    return this;
  }

  /** The kernel: {@code trainsos} if not given, or {@code course}. */
  public MachineSetup profile(String name) {
    profile = name;
    return this;
  }

  /** Lets the first contract violation end the run. */
  public MachineSetup strict() {
    strictness = Strictness.STRICT;
    return this;
  }

  /**
   * Watches writes exactly: {@code stacks} (below a task's own), {@code code}, {@code strays} (to
   * any other task's stack), {@code writes} (each one, about 20 times slower).
   */
  public MachineSetup guard(String what) {
    guards.add(
        Guard.named(what)
            .orElseThrow(() ->
                new SetupException("no guard " + what + ": give stacks, code, strays or writes")));
    return this;
  }

  /** A simulated track at {@link #TRAIN_UART} or on CAN: {@code A} to {@code D}, or a file. */
  public MachineSetup track(String newLayout) {
    layout = newLayout;
    return this;
  }

  /** Another UART for the track. */
  public MachineSetup trackUart(int uart) {
    trainUart = uart;
    return this;
  }

  /** A train from the start, at such as {@code C13}, {@code C13+120} or {@code C13-40} (mm). */
  public MachineSetup train(int number, String place) {
    trains.put(number, place);
    return this;
  }

  /** A turnout that lies elsewhere at the start than the layout says. */
  public MachineSetup turnout(int number, Position position) {
    turnouts.put(number, position);
    return this;
  }

  /** A file with locomotives, in place of the shipped ones. */
  public MachineSetup locomotives(Path file) {
    locomotives = file;
    return this;
  }

  /** A file with the interface box's timing, in place of the measured one. */
  public MachineSetup box(Path file) {
    box = file;
    return this;
  }

  /** A file with what goes wrong on the track, and when. */
  public MachineSetup faults(Path file) {
    faults = file;
    return this;
  }

  /** The seed of all chance on the track; 0 if not given. */
  public MachineSetup seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** A machine, whose time stands still. */
  public Machine machine() {
    return new Machine(this);
  }

  int console() {
    if (console != USUAL_CONSOLE) {
      return console;
    }
    return kernelSource == null ? CONSOLE : KERNEL_CONSOLE;
  }

  /** Makes it, with more trains. */
  TestMachine bench(SortedMap<Integer, String> placed) {
    try {
      return new TestMachine(
          new TestMachinePlan(Engines.best(), guest(), console(), trackAt(placed), RunLimits.NONE));
    } catch (UserError | KernelImageException e) {
      throw new SetupException(String.valueOf(e.getMessage()), e);
    }
  }

  private Guest guest() throws UserError, KernelImageException {
    KernelSource source = kernelSource;
    if (source == null) {
      return new Guest.Programs(profile(), shelf().catalog(), arguments, strictness, guards);
    }
    if (image != null || !sources.isEmpty()) {
      throw new SetupException("a machine runs programs or boots a kernel: give it one of them");
    }
    var kernel =
        new Guest.Kernel(
            source.read(),
            ram,
            onReboot,
            InstructionTime.OF_CHIP,
            Optional.of(AbiFile.read(Optional.ofNullable(abi))));
    kernel.requireRoom();
    return kernel;
  }

  private AbiProfile profile() {
    return AbiProfile.named(profile)
        .orElseThrow(() ->
            new SetupException(
                "no profile "
                    + profile
                    + "; there are: "
                    + AbiProfile.all().stream().map(AbiProfile::name).toList()));
  }

  private ProgramShelf shelf() throws UserError {
    ProgramShelf shelf = new ProgramShelf(RelocationPolicy.REFUSE_UNKNOWN);
    if (image == null && sources.isEmpty()) {
      throw new SetupException(
          "no programs: name a bundled system as image, or ELF files as programs");
    }
    Part part = image == null ? Part.ENTRY : Part.OTHER;
    for (Source source : sources) {
      source.addTo(shelf, part);
      part = Part.OTHER;
    }
    if (image != null) {
      BundledSystem.named(image).addTo(shelf);
    }
    shelf.addServers();
    return shelf;
  }

  /** A locomotive that the track may have: of the file that was given, or a shipped one. */
  Locomotive locomotive(int number) {
    try {
      return trackAt(Collections.emptySortedMap())
          .orElseThrow(() -> new SetupException(NO_TRACK))
          .plan()
          .locomotives()
          .get(number);
    } catch (UserError e) {
      throw new SetupException(String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<TestMachinePlan.TrackAt> trackAt(SortedMap<Integer, String> placed)
      throws UserError {
    SortedMap<Integer, String> all = new TreeMap<>(trains);
    all.putAll(placed);
    String wanted = layout;
    if (wanted == null) {
      if (!all.isEmpty()) {
        throw new SetupException(NO_TRACK);
      }
      return Optional.empty();
    }
    var request =
        new TrackRequest(
            all,
            turnouts,
            new TrackRequest.DataFiles(
                Optional.ofNullable(locomotives),
                Optional.ofNullable(box),
                Optional.ofNullable(faults)),
            seed);
    boolean isShipped = List.of("A", "B", "C", "D").contains(wanted);
    String name = isShipped ? wanted.toLowerCase(Locale.ROOT) : wanted;
    var track = TestMachinePlan.TrackAt.unlessOnCan(trainUart, request.on(name));
    if (track.uart() == console()) {
      throw new SetupException("UART" + trainUart + " cannot be both the console and the track's");
    }
    return Optional.of(track);
  }
}
