/** What each part of Jarvis says about its own state. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.health;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
