package dev.roundhouse.cli.hand;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.emulator.input.ExternalInput;
import dev.roundhouse.emulator.input.InputLog;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.LiveGate;
import dev.roundhouse.emulator.lines.StandardEnd;
import dev.roundhouse.emulator.process.HostAbilities;
import java.util.Optional;

/** What a person types, or pipes in, for the box at a line. */
public final class Typist implements AutoCloseable {
  private static final int MOST_WAITING = 4096;
  private static final int CONSOLE = 0;

  private final Messages messages;
  private final HandBox box;
  private final HandLine lines;
  private final StandardEnd end;
  private final LiveGate gate = new LiveGate(InputLog.none());
  private final Keyboard.Kind kind;
  private final Keyboard keyboard;
  private Appetite appetite = Appetite.MORE;
  private int lineNumber;
  private boolean wasRefused;

  /** What is still wanted. */
  public enum Appetite {
    /** More may be typed. */
    MORE,
    /** What waits is to be sent. */
    REST,
    /** Nothing but that all has stopped. */
    NONE
  }

  /** A person at the standard streams. */
  public Typist(StandardEnd.Streams standard, Messages messages, HandBox box) {
    this.messages = messages;
    this.box = box;
    lines = new HandLine(box);
    end =
        StandardEnd.of(
            standard,
            StandardEnd.PipedBytes.AS_THEY_COME,
            line -> messages.say(Messages.Tone.ASIDE, line));
    kind = HostAbilities.Standard.INPUT.isTerminal() ? Keyboard.Kind.TERMINAL : Keyboard.Kind.PIPE;
    keyboard = new Keyboard(kind);
  }

  /** Begins to read. */
  public void start() {
    messages.watchRawMode(end::isRaw);
    if (kind == Keyboard.Kind.TERMINAL) {
      messages.say(
          Messages.Tone.PLAIN,
          "Esc stops all trains at once, Ctrl-C stops them and leaves, Ctrl-D leaves; type "
              + lines.help());
    }
    if (end.attachment().input() instanceof InputSource.Live(var peer, _)) {
      peer.start(CONSOLE, gate);
    }
  }

  /** Lets what was typed into the conversation. */
  public void takePart(Conversation conversation) {
    if (kind == Keyboard.Kind.TERMINAL || conversation.waiting() < MOST_WAITING) {
      gate.admit(0, input -> take(input, conversation));
    }
  }

  private void take(ExternalInput input, Conversation conversation) {
    switch (input) {
      case ExternalInput.SerialByte(_, int value) -> {
        gate.taken();
        keyboard.take(value).ifPresent(wish -> act(wish, conversation));
      }
      case ExternalInput.SerialEnded _ -> {
        keyboard.ended().ifPresent(wish -> act(wish, conversation));
        act(new Keyboard.Wish.NoMore(), conversation);
      }
      case ExternalInput.StopRequest _ -> act(new Keyboard.Wish.End(), conversation);
      case ExternalInput.ClearToSend _ -> {
        // A keyboard has no such line.
      }
    }
  }

  private void act(Keyboard.Wish wish, Conversation conversation) {
    switch (wish) {
      case Keyboard.Wish.Line(String text) -> send(text, conversation);
      case Keyboard.Wish.EmergencyStop() -> stop(conversation);
      case Keyboard.Wish.End() -> {
        stop(conversation);
        appetite = Appetite.NONE;
      }
      case Keyboard.Wish.NoMore() ->
          appetite = appetite == Appetite.MORE ? Appetite.REST : appetite;
    }
  }

  private void stop(Conversation conversation) {
    conversation.addAtOnce(box.bytes(new HandCommand.Stop()));
  }

  private void send(String text, Conversation conversation) {
    lineNumber++;
    try {
      boolean isStop = kind == Keyboard.Kind.TERMINAL && text.strip().equals("stop");
      var bytes = lines.bytes(text);
      if (isStop) {
        conversation.addAtOnce(bytes);
      } else {
        conversation.add(bytes);
      }
    } catch (HandLine.RefusedException e) {
      wasRefused = true;
      messages.say(
          Messages.Tone.WARNING,
          "line %d: %s; nothing of this line is sent".formatted(lineNumber, e.getMessage()));
    }
  }

  /** What is still wanted of the conversation. */
  public Appetite appetite() {
    return appetite;
  }

  /** Whether a pipe had a line that nobody can correct. */
  public boolean hasFailed() {
    return wasRefused && kind == Keyboard.Kind.PIPE;
  }

  /** What stands at the bottom of a terminal, while it is in raw mode. */
  public Optional<String> prompt() {
    return end.isRaw() ? Optional.of("> " + keyboard.typed()) : Optional.empty();
  }

  @Override
  public void close() {
    end.close();
  }
}
