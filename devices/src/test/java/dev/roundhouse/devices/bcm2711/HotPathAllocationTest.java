package dev.roundhouse.devices.bcm2711;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.roundhouse.devices.irq.Level;
import dev.roundhouse.devices.trace.SilentTrace;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class HotPathAllocationTest {
  private static final int ROUNDS = 20_000;
  private static final long FR = 0xFE201418L;
  private static final long CLO = 0xFE003004L;
  private static final long C1 = 0xFE003010L;
  private static final long IAR = 0xFF84200CL;
  private static final long EOIR = 0xFF842010L;

  private final TestBoard test = new TestBoard();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long allocatedBy(Runnable action) {
    action.run();
    long before = threads.getCurrentThreadAllocatedBytes();
    action.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void registerAccessesAlarmsAndInterruptsAllocateNothing() {
    Bcm2711 board = Bcm2711.create(test.clock, test.agenda, new SilentTrace(), (where, what) -> {});
    board.bus().write(0xFF84110CL, 4, 2);
    board.bus().write(0xFF841861L, 1, 1);
    long bytes =
        allocatedBy(() -> {
          for (int n = 0; n < ROUNDS; n++) {
            board.bus().read(FR, 4);
            board.bus().write(C1, 4, board.bus().read(CLO, 4) + 10);
            test.advance(10_000);
            long id = board.bus().read(IAR, 4);
            board.bus().write(0xFE003000L, 4, 2);
            board.bus().write(EOIR, 4, id);
          }
        });
    assertThat(Level.of(board.gic().irqAsserted())).isEqualTo(Level.LOW);
    assertThat(bytes).as("bytes in %d rounds", ROUNDS).isLessThan(ROUNDS);
  }
}
