/** The heart of Jarvis, put together: live state, events, tools and the one gate. */
@NullMarked
package org.jarvis.core;

import org.jspecify.annotations.NullMarked;
