package dev.roundhouse.devices.can;

/** What has become of a frame that a station began to send. */
public enum TransmitResult {
  /** All stations have it. */
  SENT,
  /** A frame of a lower identifier went first; the station takes part in the next arbitration. */
  LOST_ARBITRATION,
  /** An error frame destroyed it; the station repeats it, or not. */
  DISTURBED,
  /** No station acknowledged it; the station repeats it, or not. */
  NOT_ACKNOWLEDGED
}
