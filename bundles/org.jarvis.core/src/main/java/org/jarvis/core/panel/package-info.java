/**
 * Panels of extensions: asks each on a thread of its own while somebody shows it, and keeps what it
 * answered last. What a panel has to know of that is in {@code org.jarvis.api.panel}.
 */
@NullMarked
package org.jarvis.core.panel;

import org.jspecify.annotations.NullMarked;
