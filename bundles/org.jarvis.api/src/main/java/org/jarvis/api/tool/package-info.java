/**
 * Named operations with typed arguments. Menus, chat, MCP and runbooks all come from one catalogue
 * of them.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.tool;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
