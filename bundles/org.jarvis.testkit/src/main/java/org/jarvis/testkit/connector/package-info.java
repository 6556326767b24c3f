/** What tests of whoever uses a connector's methods need. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.testkit.connector;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
