package dev.roundhouse.devices.gic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.bcm2711.TestBoard;
import dev.roundhouse.devices.irq.IrqLine;
import dev.roundhouse.devices.irq.Level;
import org.junit.jupiter.api.Test;

class Gic400Test {
  private static final long GICD = 0xFF841000L;
  private static final long GICC = 0xFF842000L;
  private static final long GICD_CTLR = GICD;
  private static final long ISENABLER = GICD + 0x100;
  private static final long ICENABLER = GICD + 0x180;
  private static final long ISPENDR = GICD + 0x200;
  private static final long ICPENDR = GICD + 0x280;
  private static final long ISACTIVER = GICD + 0x300;
  private static final long IPRIORITYR = GICD + 0x400;
  private static final long ITARGETSR = GICD + 0x800;
  private static final long ICFGR = GICD + 0xC00;
  private static final long SGIR = GICD + 0xF00;
  private static final long GICC_CTLR = GICC;
  private static final long PMR = GICC + 0x04;
  private static final long BPR = GICC + 0x08;
  private static final long IAR = GICC + 0x0C;
  private static final long EOIR = GICC + 0x10;
  private static final long RPR = GICC + 0x14;
  private static final long HPPIR = GICC + 0x18;
  private static final long DIR = GICC + 0x1000;
  private static final int NONE = 1023;

  private final TestBoard test = new TestBoard();
  private final Gic400 gic = test.board.gic();
  private final IrqLine timer = gic.line(97);
  private final IrqLine uart = gic.line(153);

  private void enable(int id) {
    test.write(ISENABLER + id / 32 * 4L, 1 << id);
    test.board.bus().write(ITARGETSR + id, 1, 1);
  }

  private void priority(int id, int value) {
    test.board.bus().write(IPRIORITYR + id, 1, value);
  }

  @Test
  void theFirmwareLeavesItOpenAndNonSecureSoftwareSeesItsView() {
    assertThat(test.read(GICD_CTLR)).isEqualTo(1);
    assertThat(test.read(GICC_CTLR)).isEqualTo(0x61);
    assertThat(test.read(PMR)).isEqualTo(0xF0);
    assertThat(test.read(GICD + 0x80)).isZero();
    assertThat(test.read(IAR)).isEqualTo(NONE);
    assertThat(test.read(GICD + 8)).isEqualTo(0x0200143B);
    assertThat(test.read(GICC + 0xFC)).isEqualTo(0x0202143B);
    assertThat(test.read(GICD + 4) & 0x1F).isEqualTo(7);
    assertThat(test.warnings).isEmpty();
  }

  @Test
  void theWayTrainsOsEnablesItGivesInterrupts() {
    test.write(ISENABLER + 12, test.read(ISENABLER + 12) | 1 << 1);
    long target = ITARGETSR + 97;
    test.board.bus().write(target, 1, test.board.bus().read(target, 1) | 1);
    test.write(GICD_CTLR, 1);
    test.write(GICC_CTLR, 1);
    timer.set(Level.HIGH);
    assertThat(gic.irqAsserted()).isTrue();
    assertThat(test.read(IAR)).isEqualTo(97);
  }

  @Test
  void anInterruptNeedsToBeEnabledAndTargetedAtTheCore() {
    timer.set(Level.HIGH);
    assertThat(gic.irqAsserted()).isFalse();
    test.write(ISENABLER + 12, 2);
    assertThat(gic.irqAsserted()).isFalse();
    test.board.bus().write(ITARGETSR + 97, 1, 1);
    assertThat(gic.irqAsserted()).isTrue();
    test.write(ICENABLER + 12, 2);
    assertThat(gic.irqAsserted()).isFalse();
  }

  @Test
  void eitherControlRegisterShutsItAll() {
    enable(97);
    timer.set(Level.HIGH);
    test.write(GICD_CTLR, 0);
    assertThat(gic.irqAsserted()).isFalse();
    assertThat(test.read(IAR)).isEqualTo(NONE);
    test.write(GICD_CTLR, 1);
    test.write(GICC_CTLR, 0);
    assertThat(gic.irqAsserted()).isFalse();
    test.write(GICC_CTLR, 1);
    assertThat(gic.irqAsserted()).isTrue();
  }

  @Test
  void anAcknowledgedInterruptIsActiveAndNotSignalledAgain() {
    enable(97);
    timer.set(Level.HIGH);
    assertThat(test.read(IAR)).isEqualTo(97);
    assertThat(gic.irqAsserted()).isFalse();
    assertThat(test.read(IAR)).isEqualTo(NONE);
    assertThat(test.read(ISACTIVER + 12)).isEqualTo(2);
  }

  @Test
  void aLevelInterruptComesAgainAfterItsEndWhileTheLineIsUp() {
    enable(97);
    timer.set(Level.HIGH);
    test.write(EOIR, test.read(IAR));
    assertThat(gic.irqAsserted()).isTrue();
    assertThat(test.read(IAR)).isEqualTo(97);
    timer.set(Level.LOW);
    test.write(EOIR, 97);
    assertThat(gic.irqAsserted()).isFalse();
    assertThat(test.read(IAR)).isEqualTo(NONE);
  }

  @Test
  void aLineThatFallsBeforeTheAcknowledgeLeavesNothing() {
    enable(97);
    timer.set(Level.HIGH);
    timer.set(Level.LOW);
    assertThat(gic.irqAsserted()).isFalse();
  }

  @Test
  void anEdgeInterruptIsRememberedAndComesOncePerEdge() {
    enable(97);
    test.write(ICFGR + 97 / 16 * 4, 0xFFFFFFFF);
    timer.set(Level.HIGH);
    timer.set(Level.LOW);
    assertThat(test.read(IAR)).isEqualTo(97);
    test.write(EOIR, 97);
    assertThat(gic.irqAsserted()).isFalse();
    timer.set(Level.HIGH);
    assertThat(test.read(IAR)).isEqualTo(97);
    test.write(EOIR, 97);
    assertThat(gic.irqAsserted()).isFalse();
  }

  @Test
  void theHighestPriorityComesFirstAndTheLowestIdAmongEquals() {
    enable(97);
    enable(153);
    timer.set(Level.HIGH);
    uart.set(Level.HIGH);
    assertThat(test.read(HPPIR)).isEqualTo(97);
    priority(97, 0xA0);
    priority(153, 0x20);
    assertThat(test.read(HPPIR)).isEqualTo(153);
    assertThat(test.read(IAR)).isEqualTo(153);
  }

  @Test
  void onlyAHigherPriorityPreempts() {
    enable(97);
    enable(153);
    priority(97, 0x40);
    priority(153, 0x40);
    timer.set(Level.HIGH);
    assertThat(test.read(IAR)).isEqualTo(97);
    assertThat(test.read(RPR)).isEqualTo(0x40);
    uart.set(Level.HIGH);
    assertThat(gic.irqAsserted()).isFalse();
    priority(153, 0x30);
    assertThat(gic.irqAsserted()).isTrue();
    assertThat(test.read(IAR)).isEqualTo(153);
    assertThat(test.read(RPR)).isEqualTo(0x30);
    test.write(EOIR, 153);
    assertThat(test.read(RPR)).isEqualTo(0x40);
    timer.set(Level.LOW);
    test.write(EOIR, 97);
    assertThat(test.read(RPR)).isEqualTo(0xFF);
  }

  @Test
  void theBinaryPointGroupsPrioritiesThatDoNotPreemptEachOther() {
    enable(97);
    enable(153);
    priority(97, 0x40);
    priority(153, 0x30);
    test.write(BPR, 7);
    timer.set(Level.HIGH);
    assertThat(test.read(IAR)).isEqualTo(97);
    uart.set(Level.HIGH);
    assertThat(gic.irqAsserted()).isFalse();
  }

  @Test
  void theBinaryPointIsAtLeastThree() {
    test.write(BPR, 0);
    assertThat(test.read(BPR)).isEqualTo(3);
  }

  @Test
  void thePriorityMaskHoldsBackLowerPriorities() {
    enable(97);
    priority(97, 0x80);
    timer.set(Level.HIGH);
    test.write(PMR, 0x80);
    assertThat(test.read(PMR)).isEqualTo(0x80);
    assertThat(gic.irqAsserted()).isFalse();
    test.write(PMR, 0x90);
    assertThat(gic.irqAsserted()).isTrue();
  }

  @Test
  void anInterruptWhosePriorityWasNeverWrittenPassesAnyMask() {
    enable(97);
    timer.set(Level.HIGH);
    test.write(PMR, 0);
    assertThat(gic.irqAsserted()).isTrue();
  }

  @Test
  void prioritiesHaveFourBitsInTheNonSecureView() {
    test.write(IPRIORITYR + 96, 0x01FF8F10);
    assertThat(test.read(IPRIORITYR + 96)).isEqualTo(0x00F08010);
    assertThat(test.board.bus().read(IPRIORITYR + 98, 1)).isEqualTo(0xF0);
  }

  @Test
  void aPendingBitCanBeSetAndCleared() {
    enable(153);
    test.write(ISPENDR + 16, 1 << 25);
    assertThat(gic.irqAsserted()).isTrue();
    test.write(ICPENDR + 16, 1 << 25);
    assertThat(gic.irqAsserted()).isFalse();
    uart.set(Level.HIGH);
    test.write(ICPENDR + 16, 1 << 25);
    assertThat(test.read(ISPENDR + 16)).isEqualTo(1 << 25);
  }

  @Test
  void aByteWriteToAPendingRegisterLeavesTheOtherLinesAlone() {
    enable(153);
    enable(130);
    uart.set(Level.HIGH);
    test.board.bus().write(ISPENDR + 16, 1, 4);
    uart.set(Level.LOW);
    assertThat(test.read(ISPENDR + 16)).isEqualTo(4);
  }

  @Test
  void aSoftwareInterruptToTheCoreIsTaken() {
    test.write(SGIR, 1 << 16 | 5);
    assertThat(test.read(IAR)).isEqualTo(5);
    test.write(EOIR, 5);
    test.write(SGIR, 2 << 24 | 6);
    assertThat(test.read(IAR)).isEqualTo(6);
    test.write(EOIR, 6);
    test.write(SGIR, 1 << 24 | 7);
    test.write(SGIR, 2 << 16 | 7);
    assertThat(test.read(IAR)).isEqualTo(NONE);
  }

  @Test
  void softwareInterruptsCanBePendedByTheirSource() {
    test.write(GICD + 0xF24, 0x00010000);
    assertThat(test.read(GICD + 0xF24)).isEqualTo(0x00010000);
    assertThat(test.read(HPPIR)).isEqualTo(6);
    test.write(GICD + 0xF14, 0x00010000);
    assertThat(test.read(HPPIR)).isEqualTo(NONE);
  }

  @Test
  void withSeparateDeactivationTheEndOnlyDropsThePriority() {
    enable(97);
    test.write(GICC_CTLR, 0x201);
    timer.set(Level.HIGH);
    assertThat(test.read(IAR)).isEqualTo(97);
    test.write(EOIR, 97);
    assertThat(test.read(RPR)).isEqualTo(0xFF);
    assertThat(gic.irqAsserted()).isFalse();
    test.write(DIR, 97);
    assertThat(gic.irqAsserted()).isTrue();
  }

  @Test
  void endingTheSpuriousInterruptDoesNothing() {
    enable(97);
    timer.set(Level.HIGH);
    test.read(IAR);
    test.write(EOIR, NONE);
    assertThat(test.read(ISACTIVER + 12)).isEqualTo(2);
    assertThat(test.read(RPR)).isNotEqualTo(0xFF);
  }

  @Test
  void targetsOfPrivateInterruptsAreFixed() {
    test.write(ITARGETSR, 0);
    assertThat(test.read(ITARGETSR)).isEqualTo(0x01010101);
    assertThat(test.read(ITARGETSR + 32)).isZero();
  }

  @Test
  void thereIsNoLineForSoftwareInterruptsOrBeyondTheLastId() {
    assertThatThrownBy(() -> gic.line(15)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> gic.line(256)).isInstanceOf(IllegalArgumentException.class);
  }
}
