package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.train.calibration.Tracking.Section;
import dev.roundhouse.devices.train.calibration.Transcript.Closing;
import java.util.List;

/**
 * How wrong the lengths of sections may be, and that neighbours share the error of their contact
 * with opposite signs: a covariance with three diagonals, as its Cholesky factor, which has two.
 */
final class Errors {
  /** Nothing but the two times of a contact's reads is known: even over them. */
  private static final double OF_HALF_WIDTH = 1 / Math.sqrt(3);

  /** What is so many times further off than is typical counts as less and less certain. */
  private static final double FAR = 4;

  private static final double OF_CONTACT_MM = 1;
  private static final double OF_LAYOUT_MM = 1.5;
  private static final double OF_LENGTH = 0.003;

  /** Stops scatter by 3 % at most, evenly (docs/trains.md). */
  private static final double OF_STOP = 0.03 * OF_HALF_WIDTH;

  /** The standard error of each section by itself, mm. */
  private final double[] alone;

  /** The factor's diagonal. */
  private final double[] main;

  /** What stands left of it. */
  private final double[] below;

  private Errors(double[] alone, double[] main, double[] below) {
    this.alone = alone;
    this.main = main;
    this.below = below;
  }

  /**
   * The errors of sections, those of sections that are far off the larger the further.
   *
   * @param typical how large differences are in terms of their errors, but for a few
   */
  static Errors of(List<Section> sections, Travel travel, double typical) {
    int size = sections.size();
    double[] alone = new double[size];
    double[] main = new double[size];
    double[] below = new double[size];
    for (int i = 0; i < size; i++) {
      Section section = sections.get(i);
      double from = ofContact(section.from(), travel);
      double stops = OF_STOP * travel.stops(section);
      double length = OF_LENGTH * section.mm();
      double variance =
          from
              + ofContact(section.to(), travel)
              + OF_LAYOUT_MM * OF_LAYOUT_MM
              + stops * stops
              + length * length;
      alone[i] = Math.sqrt(variance);
      double off = (travel.mm(section) - section.mm()) / (FAR * typical);
      variance += off * off;
      boolean isNext = i > 0 && sections.get(i - 1).to().equals(section.from());
      below[i] = isNext ? -from / main[i - 1] : 0;
      main[i] = Math.sqrt(variance - below[i] * below[i]);
    }
    return new Errors(alone, main, below);
  }

  private static double ofContact(Closing closing, Travel travel) {
    double mm = travel.speed(closing) * closing.doubtSeconds() * OF_HALF_WIDTH;
    return mm * mm + OF_CONTACT_MM * OF_CONTACT_MM;
  }

  double of(int section) {
    return alone[section];
  }

  /** The same values without what they have in common, each of variance 1. */
  double[] whitened(double[] values) {
    double[] white = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double before = i > 0 ? below[i] * white[i - 1] : 0;
      white[i] = (values[i] - before) / main[i];
    }
    return white;
  }
}
