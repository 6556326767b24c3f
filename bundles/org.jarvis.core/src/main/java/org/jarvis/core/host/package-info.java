/** The hosts that connectors reach, and which of their keys people accepted. */
@NullMarked
package org.jarvis.core.host;

import org.jspecify.annotations.NullMarked;
