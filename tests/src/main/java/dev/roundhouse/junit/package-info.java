/**
 * Tests of TrainsOS programs in JUnit 5: machines and tracks as parameters, virtual time, typed
 * assertions, and a recording of each test that fails. {@link dev.roundhouse.junit.RoundhouseTest}
 * and {@link dev.roundhouse.junit.RoundhouseAssertions} are the doors.
 */
@NullMarked
package dev.roundhouse.junit;

import org.jspecify.annotations.NullMarked;
