package dev.roundhouse.emulator.observe;

import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.kernel.Kernel;
import dev.roundhouse.kernel.loader.Symbol;
import dev.roundhouse.kernel.task.LoadedProgram;
import dev.roundhouse.kernel.task.Task;
import java.util.Optional;

/** Names for addresses in the programs that are loaded. */
final class Symbols {
  private static final int INSTRUCTION_BYTES = 4;
  private static final int LONGEST_NAME = 200;

  private final Kernel kernel;

  Symbols(Kernel kernel) {
    this.kernel = kernel;
  }

  /** An address with what is there, such as {@code 0x40101234 tick+0x14 (clock_server)}. */
  String at(long address) {
    return describe(address, 0);
  }

  /** A return address; it belongs to the function of the call before it. */
  String returningTo(long address) {
    return address == kernel.profile().memory().exitStub()
        ? "0x%x the loader, which exits".formatted(address)
        : describe(address, INSTRUCTION_BYTES);
  }

  /** The place that a return address names, such as {@code tick+0x14}; the address if none. */
  String caller(long returnAddress) {
    return owner(returnAddress)
        .flatMap(Task::program)
        .map(program -> place(program, returnAddress, INSTRUCTION_BYTES))
        .orElseGet(() -> "0x%x".formatted(returnAddress));
  }

  /** The task whose program occupies an address. */
  Optional<Task> owner(long address) {
    return kernel.tasks().stream()
        .filter(task ->
            task.program().filter(program -> program.memory().contains(address)).isPresent())
        .findFirst();
  }

  private String describe(long address, int before) {
    Optional<Task> owner = owner(address);
    Optional<String> place = owner.flatMap(Task::program).map(p -> place(p, address, before));
    return place
        .map(name ->
            "0x%x %s (%s)".formatted(address, name, Printable.line(owner.get().programName())))
        .orElseGet(() -> "0x%x".formatted(address));
  }

  private static String place(LoadedProgram program, long address, int before) {
    long inFile = address - program.loadBias();
    Optional<Symbol> symbol = program.image().symbols().at(inFile - before);
    return symbol
        .map(found ->
            "%s+0x%x"
                .formatted(Printable.line(found.name(), LONGEST_NAME), inFile - found.address()))
        .orElseGet(() -> "file address 0x%x".formatted(inFile));
  }
}
