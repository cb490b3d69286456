package dev.roundhouse.devices.train.motion;

/**
 * What locomotives with one kind of decoder have in common.
 *
 * @param startSeconds from a command to a train that stands until it begins to move
 * @param lagSeconds how long its speed takes to follow the decoder's; less at levels from which it
 *     stops sooner
 * @param speedSpread by how much of its speed a locomotive is faster or slower on a day, at most
 * @param stopSpread by how much of their distance two stops differ from their mean, at most
 */
public record Decoder(
    double startSeconds, double lagSeconds, double speedSpread, double stopSpread) {
  /** The kind of a locomotive whose file names none: as most of those that were measured. */
  static final Decoder USUAL = new Decoder(0.12, 1.4, 0.02, 0.03);

  /** The same without any spread. */
  Decoder mean() {
    return new Decoder(startSeconds, lagSeconds, 0, 0);
  }
}
