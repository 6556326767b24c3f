/** The standard policies: tier, protection, whereabouts, quorum, knowledge and origin. */
@NullMarked
package org.jarvis.safety;

import org.jspecify.annotations.NullMarked;
