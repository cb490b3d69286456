package dev.roundhouse.emulator.conformance.cases;

/**
 * From where it is known what a case must show.
 *
 * @param document a file of the kernel or a specification
 * @param place the function or section
 */
public record Source(String document, String place) {
  private static final String COMMIT = "9d49562";
  private static final String COURSE = "CS 452/652 Kernel Description (Winter 2022)";

  /** A section of the course's specification (University of Waterloo). */
  static Source course(String section) {
    return new Source(COURSE, section);
  }

  /** The source as comments cite it. */
  public String citation() {
    return document.equals(COURSE)
        ? document + ", " + place
        : document + ", " + place + ", " + COMMIT;
  }
}
