/** Hosts that Jarvis reaches over SSH: the clusters' nodes, and whatever else is configured. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.host;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
