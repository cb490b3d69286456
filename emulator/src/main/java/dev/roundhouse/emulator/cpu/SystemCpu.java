package dev.roundhouse.emulator.cpu;

import dev.roundhouse.devices.irq.Level;
import java.util.Optional;

/**
 * Core 0 of the chip with its exception levels EL2, EL1 and EL0, its MMU and its exceptions, as the
 * firmware hands it to a kernel: at EL2, not secure, interrupts masked, MMU and caches off (Arm
 * Architecture Reference Manual for A-profile, D1; raspberrypi/tools, armstub8.S).
 *
 * <p>It takes exceptions itself. What comes to {@link SystemTraps} is what the machine around it
 * must know. Registers may be read and written only inside a trap, or while the core does not run.
 */
public interface SystemCpu extends AutoCloseable {
  /** Sends loads and stores of these physical addresses to a port. */
  void attach(MmioWindow devices);

  /**
   * Gives the registers of the generic timer to a timer, and others to who has them. Once, before
   * the core first runs.
   */
  void attach(CoreTimer timer, CoreRegisters registers);

  /** Lets somebody watch how the kernel is entered and left. Only before the core first runs. */
  void watch(KernelBoundary boundary);

  /**
   * Starts at a physical address with a stack pointer and a return address, x30, all other
   * registers zero; nothing is executed yet.
   */
  void startAt(long address, long sp, long returnAddress);

  /**
   * Executes until a trap is answered with {@link AfterTrap#LEAVE}; called again, it goes on as if
   * the answer had been to resume.
   */
  void run(SystemTraps traps);

  /** The instructions that may still be executed before {@link SystemTraps#budgetSpent}. */
  InstructionBudget budget();

  /**
   * While code accesses a system register: how many instructions are counted already that are not
   * executed, that which makes the access among them.
   */
  int instructionsAhead();

  /**
   * The interrupt controller's request to the core. To be told after each access to a device and
   * each time the budget is spent, after the budget was granted.
   */
  void interruptRequest(Level level);

  /** Gives the answer to a service that code asked for. */
  void answer(long x0);

  /**
   * What is cached for the code that runs. When that changes, {@link SystemTraps#budgetSpent} is
   * called before the next block.
   */
  Caching caching();

  /** What a debugger may do with it. */
  CoreDebugging debugging();

  /** What the core's registers hold, for a report. */
  CoreState state();

  /**
   * Where the code is that makes an access to a device; where the latest block starts if that is
   * not found, or there is none.
   */
  long pc(Optional<DeviceAccess> access);

  /**
   * The physical address behind a virtual one as loads of the present exception level see it.
   *
   * @return the address, or -1 where nothing is mapped
   */
  long physical(long virtual);

  @Override
  void close();
}
