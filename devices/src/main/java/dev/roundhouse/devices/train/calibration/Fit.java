package dev.roundhouse.devices.train.calibration;

import dev.roundhouse.devices.train.box.BoxCommand;
import dev.roundhouse.devices.train.calibration.Figures.Kind;
import dev.roundhouse.devices.train.calibration.Tracking.Ride;
import dev.roundhouse.devices.train.calibration.Tracking.Section;
import dev.roundhouse.devices.train.calibration.Transcript.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The figures of a locomotive under which it goes from contact to contact as a recording shows: the
 * most probable ones, by Gauss-Newton steps from what is expected of a locomotive that nobody
 * knows.
 *
 * <p>What a section shows is the difference between its length and how far a locomotive of the
 * figures goes in its time ({@link Travel}). Its error comes from when contacts are read, which two
 * neighbouring sections share with opposite signs, from the scatter of stops, and from the layout's
 * lengths. When sections scatter more than that, all intervals become wider by as much.
 */
final class Fit {
  private static final int MOST_STEPS = 15;
  private static final int MOST_ROUNDS = 4;
  private static final double STEP = 0.01;
  private static final double LONGEST_STEP = 0.4;
  private static final double DONE = 1e-4;

  /** Less is told by what was expected rather than by the recording. */
  private static final double LEAST_WEIGHT = 0.25;

  /** Sections further off than so many times their error are none that the train went as told. */
  private static final double STRANGE = 5;

  private static final double STRANGE_MM = 30;
  private static final double OF_NORMAL_MEDIAN = 0.6745;

  /** A change between two levels is over, however slow the train is. */
  private static final long LONGEST_CHANGE_NANOS = 12_000_000_000L;

  private final Ride ride;
  private final Prior prior;
  private final List<Integer> active;
  private List<Section> sections;
  private final double[] figures;
  private double[][] covariance = new double[0][0];
  private final double[] weight = new double[Figures.COUNT];
  private double scale = 1;
  private int strange;

  private Fit(Ride ride) {
    this.ride = ride;
    prior = Prior.without(ride.train());
    figures = prior.mean().clone();
    sections = ride.sections().stream().filter(section -> !isBetweenLevels(section)).toList();
    active = active(ride);
  }

  /** The most probable figures of a ride's locomotive. */
  static Fit of(Ride ride) {
    Fit fit = new Fit(ride);
    fit.solve();
    for (int round = 1; round < MOST_ROUNDS && fit.dropStrange(); round++) {
      fit.solve();
    }
    return fit;
  }

  /** Figures of levels that the train was told, and those that concern all. */
  private static List<Integer> active(Ride ride) {
    SortedSet<Integer> levels = new TreeSet<>();
    for (Command command : ride.commands()) {
      if (command.what() instanceof BoxCommand.Speed(_, int level, _) && level > 0) {
        levels.add(level);
      }
    }
    List<Integer> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      levels.forEach(level -> all.add(Figures.index(kind, level)));
    }
    IntStream.range(Figures.LAG, Figures.COUNT).forEach(all::add);
    return all;
  }

  /** How fast trains change between two levels above 0 is not among the figures. */
  private boolean isBetweenLevels(Section section) {
    int level = 0;
    for (Command command : ride.commands()) {
      if (command.nanos() > section.to().by()) {
        return false;
      }
      if (command.what() instanceof BoxCommand.Speed(_, int next, _)) {
        boolean isRecent = command.nanos() + LONGEST_CHANGE_NANOS > section.from().after();
        if (isRecent && level > 0 && next > 0 && next != level) {
          return true;
        }
        level = next;
      } else if (command.what() instanceof BoxCommand.Reverse) {
        level = 0;
      }
    }
    return false;
  }

  private void solve() {
    for (int step = 0; step < MOST_STEPS; step++) {
      Travel travel = travel(figures);
      double typical = typical(Errors.of(sections, travel, Double.MAX_VALUE));
      Errors errors = Errors.of(sections, travel, typical);
      double[] residuals = errors.whitened(differences(figures));
      double[][] slopes = slopes(errors);
      scale = Math.max(1, squares(residuals) / Math.max(1, sections.size() - weighty(slopes)));
      double[][] normal = new double[Figures.COUNT][];
      double[] right = new double[Figures.COUNT];
      for (int i = 0; i < Figures.COUNT; i++) {
        normal[i] = prior.precision()[i].clone();
        for (int k = 0; k < Figures.COUNT; k++) {
          right[i] -= prior.precision()[i][k] * (figures[k] - prior.mean()[k]);
        }
      }
      for (int i : active) {
        right[i] -= product(slopes[i], residuals) / scale;
        for (int k : active) {
          normal[i][k] += product(slopes[i], slopes[k]) / scale;
        }
        weight[i] = product(slopes[i], slopes[i]) / scale;
      }
      Cholesky solver = Cholesky.of(normal);
      covariance = solver.inverse();
      if (move(solver.solve(right)) < DONE) {
        return;
      }
    }
  }

  private double move(double[] by) {
    double longest = Arrays.stream(by).map(Math::abs).max().orElse(0);
    double part = Math.min(1, LONGEST_STEP / Math.max(longest, DONE));
    for (int i = 0; i < figures.length; i++) {
      figures[i] += part * by[i];
    }
    figures[Figures.COLD] = Math.min(0, figures[Figures.COLD]);
    return longest;
  }

  private Travel travel(double[] of) {
    return Travel.of(ride, Figures.locomotive(ride.train(), of));
  }

  private double[] differences(double[] of) {
    Travel travel = travel(of);
    return sections.stream().mapToDouble(section -> travel.mm(section) - section.mm()).toArray();
  }

  /** By how much each section's difference changes with each figure, whitened. */
  private double[][] slopes(Errors errors) {
    double[][] slopes = new double[Figures.COUNT][0];
    for (int i : active) {
      double[] more = differences(Figures.plus(figures, i, i == Figures.COLD ? 0 : STEP));
      double[] less = differences(Figures.plus(figures, i, -STEP));
      double width = i == Figures.COLD ? STEP : 2 * STEP;
      for (int k = 0; k < more.length; k++) {
        more[k] = (more[k] - less[k]) / width;
      }
      slopes[i] = errors.whitened(more);
    }
    return slopes;
  }

  /** How many figures the sections decide rather than what was expected. */
  private long weighty(double[][] slopes) {
    return active.stream()
        .filter(i -> product(slopes[i], slopes[i]) > prior.precision()[i][i])
        .count();
  }

  private boolean dropStrange() {
    Errors errors = Errors.of(sections, travel(figures), Double.MAX_VALUE);
    double[] differences = differences(figures);
    double typical = typical(errors);
    List<Section> kept = new ArrayList<>();
    for (int i = 0; i < differences.length; i++) {
      double error = Math.abs(differences[i]);
      if (error < STRANGE_MM || error < STRANGE * typical * errors.of(i)) {
        kept.add(sections.get(i));
      }
    }
    int dropped = sections.size() - kept.size();
    strange += dropped;
    sections = kept;
    return dropped > 0;
  }

  /** The median of differences in terms of their errors, whatever a few are. */
  private double typical(Errors errors) {
    double[] differences = differences(figures);
    double[] parts =
        IntStream.range(0, differences.length)
            .mapToDouble(i -> Math.abs(differences[i]) / errors.of(i))
            .sorted()
            .toArray();
    return parts.length == 0 ? 1 : Math.max(1, parts[parts.length / 2] / OF_NORMAL_MEDIAN);
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static double squares(double[] of) {
    return product(of, of);
  }

  double[] figures() {
    return figures;
  }

  /** How many sections the figures rest on. */
  int sections() {
    return sections.size();
  }

  /** Sections that fit no figures, and are left out. */
  int strange() {
    return strange;
  }

  /** Whether the recording says anything about a figure. */
  boolean isSeen(int index) {
    return weight[index] > prior.precision()[index][index] * LEAST_WEIGHT;
  }

  /** The half-width of the interval of 95 % of a figure's logarithm, or of the sum of several. */
  double halfWidth(int... indices) {
    double variance = 0;
    for (int i : indices) {
      for (int k : indices) {
        variance += covariance[i][k];
      }
    }
    double freedom = Math.max(3, sections.size() - active.size());
    double student = 1.96 + 2.37 / freedom + 2.82 / (freedom * freedom);
    return student * Math.sqrt(Math.max(0, variance));
  }
}
