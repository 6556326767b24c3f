/** Hostile strings, made fit to be read by people and models. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
