/** Reaches hosts over SSH: runs commands on them, opens terminals and reads their temperatures. */
@NullMarked
package org.jarvis.connector.ssh;

import org.jspecify.annotations.NullMarked;
