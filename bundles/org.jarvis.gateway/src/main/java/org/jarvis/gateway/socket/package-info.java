/** The live channels under /ws. */
@NullMarked
package org.jarvis.gateway.socket;

import org.jspecify.annotations.NullMarked;
