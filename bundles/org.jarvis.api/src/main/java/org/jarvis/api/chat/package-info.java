/**
 * Conversations between a person and Jarvis: what was said, what was asked of the gate meanwhile,
 * and who answered. Whoever shows them watches them here; models are reached by {@link
 * org.jarvis.api.llm}.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.jarvis.api.chat;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
