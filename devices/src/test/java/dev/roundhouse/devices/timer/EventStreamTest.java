package dev.roundhouse.devices.timer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final long ENABLE = 1 << 2;
  private static final long FALLING = 1 << 3;
  private static final long BIT_3 = 3 << 4;

  private long count = 5;
  private final EventStream stream = new EventStream(() -> count);

  @Test
  void itSendsNothingWhileItIsOff() {
    stream.setControl(BIT_3);
    count = 1_000;
    assertThat(stream.take()).isFalse();
    assertThat(stream.nextCount()).isEqualTo(EventStream.NEVER);
  }

  @Test
  void itSendsAnEventWhenItsBitRises() {
    stream.setControl(ENABLE | BIT_3);
    assertThat(stream.nextCount()).isEqualTo(8);
    count = 7;
    assertThat(stream.take()).isFalse();
    count = 8;
    assertThat(stream.take()).isTrue();
    assertThat(stream.take()).isFalse();
    assertThat(stream.nextCount()).isEqualTo(24);
    count = 23;
    assertThat(stream.take()).isFalse();
    count = 24;
    assertThat(stream.take()).isTrue();
  }

  @Test
  void itSendsAnEventWhenItsBitFalls() {
    stream.setControl(ENABLE | FALLING | BIT_3);
    assertThat(stream.nextCount()).isEqualTo(16);
    count = 15;
    assertThat(stream.take()).isFalse();
    count = 40;
    assertThat(stream.take()).isTrue();
    assertThat(stream.nextCount()).isEqualTo(48);
  }

  @Test
  void itFollowsTheLowestBitToo() {
    stream.setControl(ENABLE);
    count = 6;
    assertThat(stream.take()).isFalse();
    count = 7;
    assertThat(stream.take()).isTrue();
    assertThat(stream.nextCount()).isEqualTo(9);
  }

  @Test
  void anEventStaysWhenTheStreamIsSwitchedOff() {
    stream.setControl(ENABLE | BIT_3);
    count = 9;
    stream.setControl(0);
    assertThat(stream.take()).isTrue();
    assertThat(stream.take()).isFalse();
  }

  @Test
  void whatThePastWouldHaveSentIsNotSent() {
    count = 100;
    stream.setControl(ENABLE | BIT_3);
    assertThat(stream.take()).isFalse();
  }
}
