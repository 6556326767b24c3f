/** The tools that run commands on hosts, each through the gate, and what is read of hosts. */
@NullMarked
package org.jarvis.tools.host;

import org.jspecify.annotations.NullMarked;
