package dev.roundhouse.devices.train.box;

import dev.roundhouse.devices.serial.ReceivedFrame;
import dev.roundhouse.devices.serial.ReceivedFrame.Check;
import dev.roundhouse.devices.serial.SerialFormat;
import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.devices.serial.Signal;
import dev.roundhouse.devices.serial.UartPort;
import dev.roundhouse.devices.time.Alarm;
import dev.roundhouse.devices.train.box.BoxCommand.Reset;
import dev.roundhouse.devices.train.event.Misuse;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.devices.train.event.TrainServices;
import java.util.Optional;

/**
 * The Märklin 6050/6051 interface: it takes bytes at 2400 baud 8N2 with clear to send by byte, acts
 * on locomotives and turnouts, and answers with the contacts of s88 modules.
 *
 * <p>A byte is heard in the middle of its first stop bit. Clear to send is withdrawn then, so that
 * a transmitter that heeds it does not begin the next frame, and comes back when the box is ready;
 * a byte that is heard before is lost. An early 6050 gives it back only after a whole command
 * ({@link BoxTiming.Clears}). The line is half duplex: while an answer is under way the box takes
 * nothing, and is not clear to send until the frame of its last byte has ended and the shortest
 * time has passed that the box is known to need. So it never rises together with the last byte,
 * which its receiver has 1.5 bit times before the frame has ended. That the box withholds the
 * signal is inferred: kernels that wait for nothing else between a read and the next command drove
 * the real tracks (github.com/matthewgeng/cs452, github.com/samliu21/cs452). A first byte waits for
 * its address without limit. At the start reset mode is on and the rails have power.
 */
public final class MarklinBox implements SerialPeer {
  private static final int RESET_ON = 192;

  /** From a byte's being heard to the end of its frame, from which on the box's times count. */
  private static final long REST_OF_FRAME =
      SerialFormat.MARKLIN.frameNanos() - SerialFormat.MARKLIN.heardNanos();

  private final TrainServices services;
  private final BoxTiming timing;
  private final Trackside track;
  private final Solenoids solenoids;
  private final SensorAnswer answer;
  private final Alarm ready;
  private final CommandDecoder decoder = new CommandDecoder();
  private UartPort port = new NoUart();
  private Reset reset = Reset.ON;
  private State state = State.CONNECTED;
  private long clearSince;

  /** What a person may do to the box. */
  public enum State {
    /** On, and its cable plugged in. */
    CONNECTED,
    /** Its serial cable is pulled: it hears and says nothing, and the trains go on. */
    UNPLUGGED,
    /** Switched off: no power on the rails, and it has forgotten half-sent commands. */
    SWITCHED_OFF
  }

  /** A box that nobody is connected to yet. */
  public MarklinBox(
      TrainServices services, BoxTiming timing, SensorModules modules, Trackside track) {
    this.services = services;
    this.timing = timing;
    this.track = track;
    solenoids = new Solenoids(services.clock(), services.agenda(), track, services.journal());
    answer =
        new SensorAnswer(
            services.agenda(),
            module -> modules.read(module, reset),
            () -> varied(timing.module(), timing.moduleJitter()),
            new AnswerLine());
    ready = services.agenda().alarm("6051 ready", this::becomeReady);
  }

  /** Joins the box's cable to a UART, whose far end this box must be as well. */
  public void connect(UartPort uart) {
    port = uart;
    driveClearToSend();
  }

  /** Pulls or plugs the cable, or switches the box off or on. */
  public void setState(State newState) {
    if (newState == state) {
      return;
    }
    boolean wasOff = state == State.SWITCHED_OFF;
    state = newState;
    answer.breakOff();
    if (newState == State.SWITCHED_OFF) {
      decoder.forget();
      solenoids.switchOff();
      ready.cancel();
      reset = Reset.ON;
      track.power(TrainEvent.Power.OFF);
    } else if (wasOff) {
      track.power(TrainEvent.Power.ON);
    }
    driveClearToSend();
  }

  @Override
  public void frameFromUart(int value) {
    if (state != State.CONNECTED) {
      return;
    }
    SerialFormat format = port.format();
    ReceivedFrame frame = ReceivedFrame.sample(value, format, SerialFormat.MARKLIN);
    if (frame.stop() == Check.BAD || format.baud() != SerialFormat.MARKLIN.baud()) {
      services
          .journal()
          .misuse(
              Misuse.WRONG_LINE_FORMAT,
              "the UART sends " + format.text() + "; the box takes " + SerialFormat.MARKLIN.text());
    }
    if (frame.stop() == Check.BAD) {
      return;
    }
    if (answer.isUnderWay()) {
      lose(Misuse.SENT_DURING_ANSWER, frame.value());
      return;
    }
    long now = services.clock().nanos();
    if (ready.isSet() || now - format.heardNanos() < clearSince) {
      lose(Misuse.SENT_WHILE_NOT_CLEAR, frame.value());
    }
    if (!ready.isSet()) {
      take(frame.value(), now);
    }
  }

  private void lose(Misuse why, int value) {
    services
        .journal()
        .misuse(
            why, isBusy() ? "byte " + value + " is lost" : "byte " + value + " arrives only just");
  }

  private void take(int value, long now) {
    boolean resetsFast = value == RESET_ON && !decoder.isHalfWay();
    ready.setAt(
        now
            + REST_OF_FRAME
            + (resetsFast
                ? timing.notReadyAfterReset()
                : varied(timing.notReady(), timing.notReadyJitter())));
    Optional<BoxCommand> command = decoder.take(value);
    driveClearToSend();
    command.ifPresent(whole -> act(whole, now));
  }

  private void becomeReady(long atNanos) {
    clearSince = atNanos;
    driveClearToSend();
  }

  private void driveClearToSend() {
    boolean isClear = state == State.CONNECTED && !isBusy() && !awaitsSecondByte();
    port.setCts(isClear ? Signal.ASSERTED : Signal.NEGATED);
  }

  private boolean awaitsSecondByte() {
    return timing.clears() == BoxTiming.Clears.AFTER_COMMAND && decoder.isHalfWay();
  }

  private boolean isBusy() {
    return ready.isSet() || answer.isUnderWay();
  }

  private void act(BoxCommand command, long now) {
    if (services.journal().isTraced()) {
      services.journal().report(new TrainEvent.CommandTaken(command.toString()));
    }
    switch (command) {
      case BoxCommand.Speed(var locomotive, var level, var light) ->
          track.speed(locomotive, level, light);
      case BoxCommand.Reverse(var locomotive, var light) -> track.reverse(locomotive, light);
      case BoxCommand.Functions(var locomotive, var bits) -> track.functions(locomotive, bits);
      case BoxCommand.Turnout(var turnout, var position) -> solenoids.switchOn(turnout, position);
      case BoxCommand.SolenoidOff() -> solenoids.switchOff();
      case BoxCommand.Rails(var power) -> switchPower(power);
      case BoxCommand.SensorReset(var newReset) -> reset = newReset;
      case BoxCommand.ReadSensors read -> answer.start(read, now + REST_OF_FRAME);
      case BoxCommand.Undefined(var value) ->
          services.journal().misuse(Misuse.UNDEFINED_COMMAND, "byte " + value + " is ignored");
      case BoxCommand.Impossible(var first, var address) ->
          services
              .journal()
              .misuse(
                  Misuse.IMPOSSIBLE_NUMBER,
                  "command " + first + " for locomotive " + address + ", not 1 to 80, is ignored");
    }
  }

  private void switchPower(TrainEvent.Power power) {
    if (power == TrainEvent.Power.OFF) {
      solenoids.switchOff();
    }
    track.power(power);
  }

  private long varied(long nanos, long jitter) {
    return jitter == 0 ? nanos : nanos + services.chance().nextLong(-jitter, jitter + 1);
  }

  /** The box speaks when it has to, never when it is asked to. */
  @Override
  public int nextFrame() {
    return NONE_YET;
  }

  /** Whether nothing is on its way: without a command no answer comes. */
  @Override
  public boolean inputEnded() {
    return !answer.isUnderWay();
  }

  @Override
  public boolean hearsStopBits() {
    return true;
  }

  @Override
  public boolean reactsToFrames() {
    return state == State.CONNECTED;
  }

  @Override
  public boolean takesFrameWhileNotClear() {
    return state == State.CONNECTED && !isBusy() && awaitsSecondByte();
  }

  @Override
  public boolean clearToSendMayChange() {
    return isBusy() && state == State.CONNECTED;
  }

  /** The line to the UART for answers. */
  private final class AnswerLine implements SensorAnswer.Line {
    @Override
    public void begins() {
      port.frameBegins(SerialFormat.MARKLIN);
    }

    @Override
    public void isHeard(int value) {
      port.receiveFrame(value, SerialFormat.MARKLIN);
    }

    @Override
    public long afterwardsNanos() {
      return timing.notReadyAfterReset();
    }

    @Override
    public void ended(long atNanos) {
      becomeReady(atNanos);
    }
  }

  /** In place of a UART that is not there yet. */
  private record NoUart() implements UartPort {
    @Override
    public void receiveFrame(int value, SerialFormat sentAs) {
      // Nobody hears it.
    }

    @Override
    public void setCts(Signal level) {
      // Nobody sees it.
    }

    @Override
    public SerialFormat format() {
      return SerialFormat.MARKLIN;
    }
  }
}
