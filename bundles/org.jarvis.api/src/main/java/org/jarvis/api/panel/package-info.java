/**
 * Panels: what an extension shows on the page. The extension brings the data, as one of a few
 * bounded kinds of content; how these look is Jarvis's own, and what they offer to do goes through
 * the one gate.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.panel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
