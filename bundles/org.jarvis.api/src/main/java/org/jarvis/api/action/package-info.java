/**
 * The one gate: requests to run a tool, with their decision, consent, execution, outcome and
 * record.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.action;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
