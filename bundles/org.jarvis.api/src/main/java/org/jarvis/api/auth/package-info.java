/** Who is asking: accounts, sessions and tokens. */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.auth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
