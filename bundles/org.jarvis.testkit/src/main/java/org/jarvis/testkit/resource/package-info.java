/** Clusters to try extensions on. */
@NullMarked
package org.jarvis.testkit.resource;

import org.jspecify.annotations.NullMarked;
