/**
 * What connects Jarvis to a system it watches: how a connector reports what it sees, and how it
 * hands its writing methods to the gate without publishing them.
 */
@Export
@Version("0.3.0")
@NullMarked
package org.jarvis.api.connector;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
