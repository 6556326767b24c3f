/**
 * Errors as every part of Jarvis reports them: one exception, one closed list of codes, five kinds.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
