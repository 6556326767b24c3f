/** The door: a socket in the data folder that only Jarvis's own user can reach. */
@NullMarked
package org.jarvis.console.socket;

import org.jspecify.annotations.NullMarked;
