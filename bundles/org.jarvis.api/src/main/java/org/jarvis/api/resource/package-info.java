/**
 * What Jarvis watches: clusters, nodes, guests and storages, their addresses, and the live state.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.jarvis.api.resource;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
