/** The lab's hosts over SSH, on ports of loopback. */
@NullMarked
package org.jarvis.lab.ssh;

import org.jspecify.annotations.NullMarked;
