/**
 * Things that happened: typed, ordered by a sequence number, durable before they are acknowledged.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
