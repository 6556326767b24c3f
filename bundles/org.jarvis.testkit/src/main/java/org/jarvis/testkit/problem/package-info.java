/**
 * What every detector of problems must do, what its unit tests need, and problems for the tests of
 * whoever shows or mends them.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.testkit.problem;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
