/** What every safety policy has to do. */
@NullMarked
package org.jarvis.testkit.safety;

import org.jspecify.annotations.NullMarked;
