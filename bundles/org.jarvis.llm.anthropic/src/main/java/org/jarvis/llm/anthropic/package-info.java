/** Claude, over Anthropic's Messages API. */
@NullMarked
package org.jarvis.llm.anthropic;

import org.jspecify.annotations.NullMarked;
