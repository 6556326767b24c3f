/**
 * Problems: asks the detectors after each change, and keeps what they found - durations, returns,
 * causes, planned work, silences, storage. What a detector has to know of that is in {@code
 * org.jarvis.api.problem}.
 */
@NullMarked
package org.jarvis.core.problem;

import org.jspecify.annotations.NullMarked;
