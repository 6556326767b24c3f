/** What can be said to the built-in provider, a family a file, and what it answers. */
@NullMarked
package org.jarvis.llm.offline.intent;

import org.jspecify.annotations.NullMarked;
