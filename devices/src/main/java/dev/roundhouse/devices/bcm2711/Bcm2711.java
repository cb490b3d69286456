package dev.roundhouse.devices.bcm2711;

import dev.roundhouse.devices.auxiliary.AuxiliaryBlock;
import dev.roundhouse.devices.board.Board;
import dev.roundhouse.devices.board.BoardLayout;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.Bus;
import dev.roundhouse.devices.bus.DeviceAddresses;
import dev.roundhouse.devices.bus.MmioDevice;
import dev.roundhouse.devices.bus.PhysicalMemory;
import dev.roundhouse.devices.can.CanBus;
import dev.roundhouse.devices.clock.Clocks;
import dev.roundhouse.devices.device.BoardServices;
import dev.roundhouse.devices.gic.CpuInterface;
import dev.roundhouse.devices.gic.Distributor;
import dev.roundhouse.devices.gic.Gic400;
import dev.roundhouse.devices.gpio.Gpio;
import dev.roundhouse.devices.gpio.PinFunction;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.SourceState;
import dev.roundhouse.devices.mailbox.Mailbox;
import dev.roundhouse.devices.pmu.PerformanceMonitor;
import dev.roundhouse.devices.pwm.Pwm;
import dev.roundhouse.devices.pwm.PwmPins;
import dev.roundhouse.devices.register.RegisterTable;
import dev.roundhouse.devices.spi.Spi0;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.ClockRates;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.timer.GenericTimer;
import dev.roundhouse.devices.timer.SystemTimer;
import dev.roundhouse.devices.timer.Watchdog;
import dev.roundhouse.devices.trace.TraceSink;
import dev.roundhouse.devices.trace.Warnings;
import dev.roundhouse.devices.uart.Pl011;
import dev.roundhouse.devices.uart.Pl011Identification;
import dev.roundhouse.devices.uart.Uart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The board of a Raspberry Pi 4B: memory map in "low peripheral" mode and interrupt table (BCM2711
 * ARM Peripherals, 1.2 and 6.2.4; VideoCore interrupt n is GIC id 96 + n).
 */
public final class Bcm2711 implements Board {
  /** Device space. */
  public static final AddressRange DEVICE_SPACE = new AddressRange(0xFC000000L, 0x04000000L);

  /** The UARTs that are PL011s; UART1 is the mini UART. */
  public static final List<Integer> UARTS = List.of(0, 2, 3, 4, 5);

  /** GIC id of the mailbox from the VideoCore. */
  public static final int MAILBOX_INTERRUPT = 65;

  /** GIC id that mini UART, SPI1 and SPI2 share. */
  public static final int AUX_INTERRUPT = 125;

  /** GIC id of the system timer's compare register 0; the others follow. */
  public static final int SYSTEM_TIMER_INTERRUPT = 96;

  /** GIC id that the five UARTs share. */
  public static final int UART_INTERRUPT = 153;

  /** GIC id that SPI0 and SPI3 to SPI6 share. */
  public static final int SPI_INTERRUPT = 150;

  /** GIC id of the GPIO pins of bank 0; those of banks 1 and 2 and of all pins follow. */
  public static final int GPIO_INTERRUPT = 145;

  private static final long SYSTEM_TIMER = 0xFE003000L;
  private static final long MAILBOX = 0xFE00B800L;
  private static final long POWER_MANAGEMENT = 0xFE100000L;
  private static final long CLOCK_MANAGER = 0xFE101000L;
  private static final long GPIO = 0xFE200000L;
  private static final long UART = 0xFE201000L;
  private static final long SPI0 = 0xFE204000L;
  private static final long PACTL = 0xFE204E00L;
  private static final long PWM = 0xFE20C000L;
  private static final long PWM_SPACING = 0x800;
  private static final long AUX = 0xFE215000L;
  private static final long GIC_DISTRIBUTOR = 0xFF841000L;
  private static final long GIC_CPU_INTERFACE = 0xFF842000L;
  private static final long GIC_VIRTUAL_CONTROL = 0xFF844000L;
  private static final int GRANULE = Bus.GRANULE_BYTES;
  private static final int MINI_UART = 1;
  private static final int FIRST_WITH_OWN_PINS = 2;
  private static final int PINS_OF_UART = 4;

  /** What is fixed of it. */
  public static final BoardLayout LAYOUT =
      new BoardLayout(
          DEVICE_SPACE,
          Cables.SERIAL.stream().map(Cables::line).toList(),
          new DeviceAddresses(
              SYSTEM_TIMER,
              POWER_MANAGEMENT,
              GPIO,
              UART,
              Pl011.LENGTH,
              GIC_DISTRIBUTOR,
              GIC_CPU_INTERFACE),
          new ClockRates(SystemTimer.HZ, GenericTimer.HZ, Pl011.CLOCK_HZ));

  private final Agenda agenda;
  private final BoardServices services;
  private final Bus bus;
  private final Gic400 gic;
  private final SystemTimer systemTimer;
  private final GenericTimer genericTimer;
  private final PerformanceMonitor performanceMonitor;
  private final Watchdog watchdog;
  private final Gpio gpio;
  private final AuxDevices aux;
  private final CanDevices can;
  private final Mailbox mailbox;
  private final TestExit testExit;
  private final InterruptSources sources = new InterruptSources(this);
  private final Map<Integer, Pl011> uarts = new TreeMap<>();
  private final Obstacles obstacles = new Obstacles(this);
  private final @Nullable Uart[] lines = new Uart[Cables.SERIAL.size()];

  private Bcm2711(Agenda agenda, BoardServices board) {
    this.agenda = agenda;
    services = board;
    Warnings warnings = board.warnings();
    bus = new Bus(DEVICE_SPACE, warnings, UnmodelledBlock::at);
    gic = new Gic400(board, obstacles::nameOf);
    systemTimer =
        new SystemTimer(
            board,
            gic.line(SYSTEM_TIMER_INTERRUPT),
            gic.line(SYSTEM_TIMER_INTERRUPT + 1),
            gic.line(SYSTEM_TIMER_INTERRUPT + 2),
            gic.line(SYSTEM_TIMER_INTERRUPT + 3));
    genericTimer = new GenericTimer(board, gic);
    performanceMonitor = new PerformanceMonitor(board, gic.line(PerformanceMonitor.INTERRUPT));
    watchdog = new Watchdog(board);
    attach(SYSTEM_TIMER, SystemTimer.LENGTH, "system timer", systemTimer.registers());
    attach(POWER_MANAGEMENT, Watchdog.LENGTH, "watchdog", watchdog.registers());
    gpio =
        new Gpio(
            warnings,
            gic.line(GPIO_INTERRUPT),
            gic.line(GPIO_INTERRUPT + 1),
            gic.line(GPIO_INTERRUPT + 2),
            gic.line(GPIO_INTERRUPT + 3));
    attach(GPIO, Gpio.LENGTH, "GPIO", gpio.registers());
    addPwms(board);
    aux = new AuxDevices(board, gpio, gic.line(AUX_INTERRUPT));
    attach(AUX, AuxiliaryBlock.LENGTH, "AUX", aux.registers());
    SharedInterrupts shared = new SharedInterrupts(warnings);
    attach(PACTL, SharedInterrupts.LENGTH, "PACTL", shared.registers());
    addUarts(board, shared);
    can = canDevices(board, shared);
    mailbox = new Mailbox(board, gic.line(MAILBOX_INTERRUPT));
    attach(MAILBOX, Mailbox.LENGTH, "VideoCore mailbox", mailbox.registers());
    testExit = new TestExit(warnings);
    attach(DEVICE_SPACE.start(), TestExit.LENGTH, "test exit", testExit.registers());
    attachFixed(warnings);
  }

  private CanDevices canDevices(BoardServices board, SharedInterrupts shared) {
    CanBus nowhere = new CanBus(board.clock(), agenda, board.trace(), CanBus.BIT_NANOS);
    IrqLine irq = shared.group(gic.line(SPI_INTERRUPT)).input(SharedInterrupts.SPI0);
    CanDevices devices = new CanDevices(board, nowhere, gpio, irq);
    attach(SPI0, Spi0.LENGTH, "SPI0", devices.registers());
    return devices;
  }

  private void attachFixed(Warnings warnings) {
    attach(
        UART + Pl011Identification.OFFSET,
        Pl011Identification.LENGTH,
        "UART identification",
        Pl011Identification.registers(warnings));
    attach(GIC_DISTRIBUTOR, Distributor.LENGTH, "GICD", gic.distributorRegisters());
    attach(GIC_CPU_INTERFACE, CpuInterface.LENGTH, "GICC", gic.cpuInterfaceRegisters());
    attach(
        GIC_VIRTUAL_CONTROL,
        GRANULE,
        "GIC virtualisation",
        new RegisterTable("GIC virtualisation", GRANULE, warnings));
  }

  private void addPwms(BoardServices board) {
    Clocks clocks = new Clocks(board);
    Pwm pwm0 = new Pwm("PWM0", board, clocks.pwm());
    Pwm pwm1 = new Pwm("PWM1", board, clocks.pwm());
    attach(CLOCK_MANAGER, Clocks.LENGTH, "clock manager", clocks.registers());
    attach(PWM, Pwm.LENGTH, "PWM0", pwm0.registers());
    attach(PWM + PWM_SPACING, Pwm.LENGTH, "PWM1", pwm1.registers());
    PwmPins.connect(gpio, pwm0, pwm1);
    clocks
        .pwm()
        .whenChanged(() -> {
          pwm0.clockChanged();
          pwm1.clockChanged();
        });
  }

  private void addUarts(BoardServices board, SharedInterrupts shared) {
    var group = shared.group(gic.line(UART_INTERRUPT));
    for (int n : UARTS) {
      Pl011 uart = new Pl011("UART" + n, board, group.input(SharedInterrupts.ofUart(n)));
      uarts.put(n, uart);
      lines[n] = uart.uart();
      attach(UART + (long) n * Pl011.LENGTH, Pl011.LENGTH, "UART" + n, uart.registers());
    }
    lines[MINI_UART] = aux.miniUart();
    lines[Cables.FIRST_SPI_UART] = aux.dualUart().getFirst();
    lines[Cables.FIRST_SPI_UART + 1] = aux.dualUart().getLast();
  }

  private void attach(long start, int length, String name, MmioDevice device) {
    bus.attach(new AddressRange(start, length), name, device);
  }

  /**
   * A board after the firmware has run.
   *
   * @param clock the machine's time, which its run loop moves
   * @param agenda what falls due, which its run loop runs
   * @param trace where device events go
   * @param warnings what the user must see
   */
  public static Bcm2711 create(
      VirtualClock clock, Agenda agenda, TraceSink trace, Warnings warnings) {
    return new Bcm2711(agenda, new BoardServices(clock, agenda.part(), trace, warnings));
  }

  @Override
  public BoardLayout layout() {
    return LAYOUT;
  }

  @Override
  public void attach(PhysicalMemory ram) {
    mailbox.attach(ram);
  }

  @Override
  public boolean irqAsserted() {
    return gic.irqAsserted();
  }

  @Override
  public boolean mayStillInterrupt() {
    return sources.mayStillInterrupt();
  }

  @Override
  public boolean mayStillInterrupt(int interrupt, int source) {
    return sources.mayStillInterrupt(interrupt, source);
  }

  @Override
  public SourceState sourceState(int interrupt, int source) {
    return sources.state(interrupt, source);
  }

  @Override
  public Interruptions interruptions() {
    return obstacles;
  }

  @Override
  public boolean rebootRequested() {
    return watchdog.rebootRequested();
  }

  @Override
  public void whenExitAsked(IntConsumer action) {
    testExit.whenAsked(action);
  }

  @Override
  public Bcm2711 reset() {
    can.disconnect();
    services.agenda().end();
    return create(services.clock(), agenda, services.trace(), services.warnings());
  }

  @Override
  public Bus bus() {
    return bus;
  }

  /**
   * The UART of a PL011.
   *
   * @param number 0, 2, 3, 4 or 5
   * @throws IllegalArgumentException for any other
   */
  public Uart uart(int number) {
    if (!UARTS.contains(number)) {
      throw new IllegalArgumentException("the board has no PL011 UART" + number);
    }
    return line(number);
  }

  /** What has become of the interrupts of a PL011 of {@link #UARTS}. */
  SourceState uartState(int number) {
    Pl011 uart = uarts.get(number);
    return uart == null
        ? new SourceState(SourceState.Arming.NEVER, "there is no UART" + number)
        : uart.sourceState();
  }

  @Override
  public Uart line(int number) {
    Uart uart = number >= 0 && number < lines.length ? lines[number] : null;
    if (uart == null) {
      throw new IllegalArgumentException("the board has no serial line " + number);
    }
    return uart;
  }

  @Override
  public void connect(CanBus bus) {
    can.connect(bus);
  }

  /** Whether SPI0's interrupt may come without any task doing anything. */
  public boolean spiMayStillInterrupt() {
    return can.mayStillInterrupt();
  }

  /** Whether the auxiliary block's interrupt may come without any task doing anything. */
  public boolean auxMayStillInterrupt() {
    return aux.mayStillInterrupt();
  }

  /** The mailboxes to the VideoCore, which has to be given the RAM. */
  public Mailbox mailbox() {
    return mailbox;
  }

  /** The device by which tests end the run. */
  public TestExit testExit() {
    return testExit;
  }

  public Gic400 gic() {
    return gic;
  }

  public SystemTimer systemTimer() {
    return systemTimer;
  }

  @Override
  public GenericTimer genericTimer() {
    return genericTimer;
  }

  @Override
  public PerformanceMonitor performanceMonitor() {
    return performanceMonitor;
  }

  /**
   * The firmware chooses pins for UART0 and the mini UART as config.txt says, for others never;
   * they have TXD and RXD at a pin each, with alternate function 4 (BCM2711 ARM Peripherals, 5.3).
   */
  @Override
  public List<String> unconnected() {
    List<String> found = new ArrayList<>();
    for (int n : UARTS) {
      int pin = (n - FIRST_WITH_OWN_PINS) * PINS_OF_UART;
      if (pin >= 0 && line(n).hasSent() && gpio.function(pin) != PinFunction.ALTERNATE_4) {
        found.add(
            "UART%d sends, but GPIO %d is not its TXD%d: on the chip nothing leaves: GPIO %d and %d need ALT4 (GPFSEL field 3)"
                .formatted(n, pin, n, pin, pin + 1));
      }
    }
    return found;
  }

  @Override
  public Gpio gpio() {
    return gpio;
  }

  /** The watchdog, by which programs ask for a reboot. */
  public Watchdog watchdog() {
    return watchdog;
  }
}
