/** New projects: templates and SDKs, copied out of the command's own resources. */
@NullMarked
package dev.roundhouse.cli.project;

import org.jspecify.annotations.NullMarked;
