/** What is known of every cluster, and what changed. */
@NullMarked
package org.jarvis.core.state;

import org.jspecify.annotations.NullMarked;
