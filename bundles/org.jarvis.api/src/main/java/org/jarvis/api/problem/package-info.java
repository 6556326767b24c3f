/**
 * Problems: what is wrong with a resource, since when, by which evidence, and what mends it.
 *
 * <p>Detectors find, and decide nothing else; the core keeps what they found across restarts, and a
 * remedy is a request to the gate as any other.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.problem;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
