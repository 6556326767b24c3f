/** The standard policies: tiers and protected resources. */
@NullMarked
package org.jarvis.safety;

import org.jspecify.annotations.NullMarked;
