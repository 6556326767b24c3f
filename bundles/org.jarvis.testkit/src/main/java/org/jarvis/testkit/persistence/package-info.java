/**
 * What every provider of {@code org.jarvis.api.persistence} must do, as tests. They use the plain
 * API only; a provider extends each and hands in its stores.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.testkit.persistence;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
