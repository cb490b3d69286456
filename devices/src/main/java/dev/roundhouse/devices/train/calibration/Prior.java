package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.train.layout.BoxKind;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import java.util.List;

/**
 * What is expected of a locomotive that nobody has driven: the mean of all that were ever measured,
 * and how they differ, of which levels go together. The one of its own address is left out: what is
 * found of it is from its recording alone.
 */
final class Prior {
  /** Others may differ more than these few do. */
  private static final double WIDER = 1.3;

  private static final double SPEED_ALONE = 0.12;
  private static final double RATIO_ALONE = 0.06;
  private static final double ACCELERATION_ALONE = 0.25;
  private static final double STOP_ALONE = 0.2;
  private static final double LAG_ALONE = 0.1;
  private static final double START_ALONE = 0.3;
  private static final double COLD_ALONE = 0.03;

  private final double[] mean;
  private final double[][] precision;

  private Prior(double[] mean, double[][] precision) {
    this.mean = mean;
    this.precision = precision;
  }

  static Prior without(int address) {
    List<double[]> all =
        LocomotiveCatalog.shipped(BoxKind.CS3).all().stream()
            .filter(other -> other.address() != address)
            .map(Figures::of)
            .toList();
    double[] mean = new double[Figures.COUNT];
    all.forEach(one -> {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / all.size();
      }
    });
    double[][] covariance = new double[Figures.COUNT][Figures.COUNT];
    for (int i = 0; i < mean.length; i++) {
      for (int k = 0; k < mean.length; k++) {
        for (double[] one : all) {
          covariance[i][k] += WIDER * (one[i] - mean[i]) * (one[k] - mean[k]) / (all.size() - 1);
        }
      }
      covariance[i][i] += alone(i) * alone(i);
    }
    return new Prior(mean, Cholesky.of(covariance).inverse());
  }

  /** Each figure's mean. */
  double[] mean() {
    return mean;
  }

  /** The inverse of their covariance. */
  double[][] precision() {
    return precision;
  }

  /** How much a figure differs whatever the others are. */
  private static double alone(int index) {
    if (index >= Figures.LAG) {
      return index == Figures.LAG ? LAG_ALONE : index == Figures.START ? START_ALONE : COLD_ALONE;
    }
    return switch (Figures.kind(index)) {
      case SPEED -> SPEED_ALONE;
      case FROM_ABOVE -> RATIO_ALONE;
      case ACCELERATION -> ACCELERATION_ALONE;
      case STOP -> STOP_ALONE;
    };
  }
}
