/** Errors as they leave: one body form, and the one table from error codes to HTTP status. */
@NullMarked
package org.jarvis.gateway.problem;

import org.jspecify.annotations.NullMarked;
