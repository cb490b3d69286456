/** JUnit extension that runs guest programs in tests. */
@NullMarked
package dev.roundhouse.junit;

import org.jspecify.annotations.NullMarked;
