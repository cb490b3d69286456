package dev.roundhouse.devices.train.calibration;

/** The lower triangle L of a symmetric positive definite matrix L L^T. */
final class Cholesky {
  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  static Cholesky of(double[][] matrix) {
    int size = matrix.length;
    double[][] lower = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k <= i; k++) {
        double sum = matrix[i][k];
        for (int j = 0; j < k; j++) {
          sum -= lower[i][j] * lower[k][j];
        }
        lower[i][k] = i == k ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / lower[k][k];
      }
    }
    return new Cholesky(lower);
  }

  /** The x of matrix x = right. */
  double[] solve(double[] right) {
    int size = lower.length;
    double[] x = right.clone();
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }

  double[][] inverse() {
    double[][] inverse = new double[lower.length][];
    for (int i = 0; i < lower.length; i++) {
      double[] unit = new double[lower.length];
      unit[i] = 1;
      inverse[i] = solve(unit);
    }
    return inverse;
  }
}
