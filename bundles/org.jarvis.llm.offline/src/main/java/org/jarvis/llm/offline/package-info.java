/**
 * The built-in provider: answers and acts without any model, by a deterministic grammar of intents.
 */
@NullMarked
package org.jarvis.llm.offline;

import org.jspecify.annotations.NullMarked;
