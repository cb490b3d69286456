package dev.roundhouse.devices.train.event;

/** What a program does to the interface box or the track that the real ones do not forgive. */
public enum Misuse {
  /** A byte was sent while clear to send was withdrawn: the box was not ready for it. */
  SENT_WHILE_NOT_CLEAR,
  /** A byte was sent while the box was answering: the line is half duplex, the byte is lost. */
  SENT_DURING_ANSWER,
  /** The line is not at 2400 baud, 8 data bits, no parity. */
  WRONG_LINE_FORMAT,
  /** A byte that is no command. */
  UNDEFINED_COMMAND,
  /** A locomotive, turnout or sensor module that cannot exist. */
  IMPOSSIBLE_NUMBER,
  /** A turnout's solenoid was on for longer than it stands. */
  SOLENOID_LEFT_ON,
  /** A turnout's solenoid was switched off before the turnout had moved. */
  SOLENOID_TOO_SHORT,
  /** A turnout was told to move while the rails had no power. */
  TURNOUT_WITHOUT_POWER,
  /** A station has more requests than it can answer. */
  TOO_MANY_REQUESTS,
  /** Both turnouts of a three-way turnout are curved. */
  THREE_WAY_BOTH_CURVED,
  /** A locomotive was told to change direction while it moved. */
  REVERSED_WHILE_MOVING
}
