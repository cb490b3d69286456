/** The project's own rules, each a failing test; a rule that would see no class fails too. */
package dev.roundhouse.architecture;
