package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bcm2711.Bcm2711;
import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.time.Agenda;
import dev.roundhouse.devices.time.VirtualClock;
import dev.roundhouse.devices.trace.SilentTrace;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.kernel.board.DrivenDevices;
import dev.roundhouse.kernel.board.KernelTime;
import dev.roundhouse.kernel.loader.ElfBuilder;
import dev.roundhouse.kernel.loader.ElfImage;
import dev.roundhouse.kernel.loader.ParseResult;
import dev.roundhouse.kernel.loader.ProgramCatalog;
import dev.roundhouse.kernel.report.Strictness;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The kernel on the board as it is modelled, not on plain registers. */
class RealBoardTest {
  private static final long C1 = 0xFE00_3010L;
  private static final long CLO = 0xFE00_3004L;
  private static final long GPLEN0 = 0xFE20_0070L;
  private static final long GPEDS0 = 0xFE20_0040L;
  private static final int PULLED_DOWN = 20;
  private static final long UART2_IMSC = 0xFE20_1400L + 0x38;
  private static final long UART2_DR = 0xFE20_1400L;
  private static final long FRAME_NANOS = 86_806;

  private final VirtualClock clock = new VirtualClock();
  private final Agenda agenda = new Agenda();
  private final Bcm2711 board =
      Bcm2711.create(clock, agenda, new SilentTrace(), (where, what) -> {});
  private final SparseMemory memory = new SparseMemory(new AddressRange(0x20_0000, 0x7FE0_0000L));
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Queue<Integer> input = new ArrayDeque<>();
  private final Kernel kernel = kernel();

  private Kernel kernel() {
    ParseResult program = ElfImage.parse("program", ElfBuilder.smallProgram());
    board.uart(2).attach(peer());
    return new Kernel(
        new KernelConfig(
            AbiProfile.trainsOs(),
            new KernelConfig.Hardware(
                memory,
                new DrivenDevices(board.bus(), board.layout().addresses(), board.layout().rates()),
                clock,
                time()),
            new ProgramCatalog(Map.of("user_entry", program, "name_server", program)),
            List.of(),
            new KernelConfig.Reports(new SilentTrace(), violation -> {}, Strictness.STRICT)));
  }

  private SerialPeer peer() {
    return new SerialPeer() {
      @Override
      public void frameFromUart(int value) {
        printed.write(value);
      }

      @Override
      public int nextFrame() {
        Integer next = input.poll();
        return next == null ? ENDED : next;
      }

      @Override
      public boolean inputEnded() {
        return input.isEmpty();
      }
    };
  }

  private KernelTime time() {
    return new KernelTime() {
      @Override
      public void charge(long nanos) {
        advanceTo(clock.nanos() + nanos);
      }

      @Override
      public boolean untilNextDeadline() {
        advanceTo(agenda.nextNanos());
        return true;
      }
    };
  }

  private void advanceTo(long nanos) {
    while (agenda.nextNanos() <= nanos) {
      clock.advanceTo(agenda.nextNanos());
      agenda.runDue(clock.nanos());
    }
    clock.advanceTo(nanos);
  }

  private Decision call(int number, long... arguments) {
    for (int index = 0; index < arguments.length; index++) {
      kernel.current().registers().setX(index, arguments[index]);
    }
    return kernel.handle(new KernelEntry.SupervisorCall(number));
  }

  /** Boots, ends the name server's program; the entry runs. */
  private void boot() {
    kernel.boot();
    call(1);
    assertThat(kernel.current().tid().value()).isEqualTo(2);
    call(0);
    assertThat(kernel.current().tid().value()).isEqualTo(1);
  }

  @Test
  void aTaskWakesAtTheTimersCompareAndTheInterruptIsOver() {
    boot();
    long now = board.bus().read(CLO, 4);
    board.bus().write(C1, 4, now + 10_000);
    assertThat(call(8, 97 << 16)).isEqualTo(Decision.Idle.INSTANCE);
    assertThat(board.gic().irqAsserted()).isFalse();
    advanceTo(agenda.nextNanos());
    assertThat(clock.nanos() / 1000).isEqualTo(now + 10_000);
    assertThat(board.gic().irqAsserted()).isTrue();
    assertThat(kernel.handle(KernelEntry.Interrupt.INSTANCE)).isInstanceOf(Decision.Run.class);
    assertThat(kernel.current().registers().x(0)).isZero();
    assertThat(board.gic().irqAsserted()).isFalse();
    assertThat(board.bus().read(C1, 4)).isZero();
  }

  @Test
  void aTaskWakesWhenAByteArrivesAtItsUart() {
    boot();
    input.add((int) 'k');
    board.bus().write(UART2_IMSC, 4, 0x40);
    assertThat(call(8, (153 << 16) + 2)).isEqualTo(Decision.Idle.INSTANCE);
    while (!board.gic().irqAsserted()) {
      advanceTo(agenda.nextNanos());
    }
    assertThat(kernel.handle(KernelEntry.Interrupt.INSTANCE)).isInstanceOf(Decision.Run.class);
    assertThat(kernel.current().registers().x(0)).isEqualTo(0x40);
    assertThat(board.bus().read(UART2_IMSC, 4)).isZero();
    assertThat(board.gic().irqAsserted()).isFalse();
    assertThat(board.bus().read(UART2_DR, 4)).isEqualTo('k');
  }

  @Test
  void printRawTakesAByteTimeForEachByteOnceTheFifoIsFull() {
    boot();
    byte[] text = "0123456789".repeat(20).getBytes(StandardCharsets.US_ASCII);
    memory.write(0x1000_0000, text, 0, text.length);
    long before = clock.nanos();
    assertThat(call(13, 0x1000_0000, text.length)).isInstanceOf(Decision.Run.class);
    assertThat((clock.nanos() - before) / FRAME_NANOS).isBetween(150L, 200L);
    while (agenda.nextNanos() != Long.MAX_VALUE && printed.size() < text.length) {
      advanceTo(agenda.nextNanos());
    }
    assertThat(printed.toByteArray()).isEqualTo(text);
  }

  @Test
  void quitAsksTheWatchdogForAReboot() {
    boot();
    assertThat(call(14)).isInstanceOf(Decision.End.class);
    advanceTo(clock.nanos() + 100_000);
    assertThat(board.watchdog().rebootRequested()).isTrue();
  }

  @Test
  void anInterruptThatStaysKeepsALoaderWaitingAndNotTheKernel() {
    kernel.boot();
    board.bus().write(GPLEN0, 4, 1 << PULLED_DOWN);
    Decision decision = call(0);
    for (int entries = 0; entries < 100; entries++) {
      assertThat(decision).isInstanceOf(Decision.TakeInterrupt.class);
      long before = clock.nanos();
      decision = kernel.handle(KernelEntry.Interrupt.INSTANCE);
      assertThat(clock.nanos())
          .isEqualTo(before + AbiProfile.trainsOs().timings().kernelEntryNanos());
    }
    board.bus().write(GPLEN0, 4, 0);
    board.bus().write(GPEDS0, 4, 1 << PULLED_DOWN);
    while (decision instanceof Decision.TakeInterrupt) {
      decision = kernel.handle(KernelEntry.Interrupt.INSTANCE);
    }
    assertThat(decision).isInstanceOf(Decision.Run.class);
    assertThat(kernel.current().tid().value()).isEqualTo(2);
  }
}
