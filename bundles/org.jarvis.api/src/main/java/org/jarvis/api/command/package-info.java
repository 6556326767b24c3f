/** What a command line means, before anything of it runs. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.command;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
