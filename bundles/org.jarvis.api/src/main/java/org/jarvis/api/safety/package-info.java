/** Deciding whether an action may run: tiers, decisions, and the policies that make them. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.safety;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
