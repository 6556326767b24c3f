/** What Jarvis puts onto the centre of everybody's page: data that the page draws, never markup. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.screen;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
