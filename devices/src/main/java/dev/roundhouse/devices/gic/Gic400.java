package dev.roundhouse.devices.gic;

import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.irq.IrqLine;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The interrupt controller, GIC-400, as non-secure software on core 0 uses it: {@link Distributor}
 * and {@link CpuInterface}. Not modelled: the secure side, the other cores, and virtualisation.
 */
public final class Gic400 {
  private final Distributor distributor;
  private final CpuInterface cpuInterface;

  /**
   * An interrupt controller as after reset.
   *
   * @param names what asks for an interrupt, for people
   */
  public Gic400(BoardServices board, IntFunction<String> names) {
    this.distributor = new Distributor(board.warnings(), this::update);
    this.cpuInterface = new CpuInterface(board, distributor, names);
  }

  /** Whether the distributor forwards an interrupt to the core. */
  public boolean isEnabled(int id) {
    return distributor.isEnabled(id);
  }

  /** Whether the distributor has an interrupt to forward. */
  public boolean isPending(int id) {
    return distributor.isPending(id);
  }

  /** Why an interrupt would not reach the core, and what to do; empty when it would. */
  public Optional<String> whyHeld(int id) {
    return distributor.whyHeld(id).or(() -> cpuInterface.whyHeld(id));
  }

  /** How many interrupts the core has acknowledged. */
  public long interruptsTaken() {
    return cpuInterface.taken();
  }

  /** An interrupt that the core is asked to take, since a moment of virtual time. */
  public record Request(int id, long sinceNanos) {}

  /** What the core has taken and not ended, since when. */
  public Optional<Request> unended() {
    return cpuInterface.unended();
  }

  /** What the core is asked to take now. */
  public Optional<Request> request() {
    return cpuInterface.request();
  }

  private void update() {
    cpuInterface.update();
  }

  /** Whether the interrupt request to the core is asserted; for the run loop, so it is quick. */
  public boolean irqAsserted() {
    return cpuInterface.isAsserted();
  }

  /**
   * The line of an interrupt.
   *
   * @param id 16 to 255: a private or shared peripheral interrupt
   */
  public IrqLine line(int id) {
    if (id < Distributor.SGIS || id >= Distributor.IDS) {
      throw new IllegalArgumentException("no interrupt line has id " + id);
    }
    return level -> distributor.setLine(id, level);
  }

  /** The distributor, GICD. */
  public MmioDevice distributorRegisters() {
    return distributor.registers();
  }

  /** The CPU interface, GICC. */
  public MmioDevice cpuInterfaceRegisters() {
    return cpuInterface.registers();
  }
}
