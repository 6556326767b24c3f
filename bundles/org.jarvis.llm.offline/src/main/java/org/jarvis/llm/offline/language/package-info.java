/** What was said: words, the concepts they stand for, whether it wishes, asks or denies. */
@NullMarked
package org.jarvis.llm.offline.language;

import org.jspecify.annotations.NullMarked;
