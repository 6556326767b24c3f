/** What is known of the house at the moment of a question, and how it is put into safe words. */
@NullMarked
package org.jarvis.llm.offline.house;

import org.jspecify.annotations.NullMarked;
