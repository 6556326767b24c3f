/**
 * What is known of a resource beyond the lists of its cluster: its details, each read by itself, at
 * an interval of its own, with its own age.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.jarvis.api.resource.detail;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
