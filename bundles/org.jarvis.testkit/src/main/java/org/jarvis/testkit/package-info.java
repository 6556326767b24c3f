/** The contract of each extension point, as a test suite that every implementation passes. */
@NullMarked
package org.jarvis.testkit;

import org.jspecify.annotations.NullMarked;
