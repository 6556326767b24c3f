/**
 * What every provider of language models must do, and a server on loopback that speaks like those
 * of the protocols, whole and broken.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.testkit.llm;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
