/** A screen for unit tests. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.testkit.screen;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
