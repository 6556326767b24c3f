/** The course of figures: what is recorded of the live state, and what clusters remember. */
@NullMarked
package org.jarvis.core.history;

import org.jspecify.annotations.NullMarked;
