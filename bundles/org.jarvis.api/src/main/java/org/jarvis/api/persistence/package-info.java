/** What Jarvis keeps. A provider stores these records durably; nobody else sees how. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.persistence;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
