/** What every panel must do, and what its unit tests need. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.testkit.panel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
