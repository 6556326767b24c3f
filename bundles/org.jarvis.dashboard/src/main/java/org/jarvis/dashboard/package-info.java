/** Serves the web page. */
@NullMarked
package org.jarvis.dashboard;

import org.jspecify.annotations.NullMarked;
