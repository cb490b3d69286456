package dev.roundhouse.kernel.loader;

/** What happens to relocations of a type that the kernel's loader does not apply. */
public enum RelocationPolicy {
  /** The file is refused. */
  REFUSE_UNKNOWN,
  /** They are skipped, as the real loader does silently, with a warning. */
  SKIP_UNKNOWN
}
