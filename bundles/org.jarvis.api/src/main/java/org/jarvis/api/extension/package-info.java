/** What users drop in: jars that wait for a person's consent before any of their code runs. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.extension;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
