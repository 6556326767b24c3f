/**
 * Language models: what is asked of one, what it answers piece by piece, what that cost, and what
 * can go wrong. Providers of models are services that come and go; nothing here belongs to any
 * protocol or library.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.llm;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
