/** Makes temperatures of what hosts print, and nothing of what they do not. */
@NullMarked
package org.jarvis.connector.ssh.temperature;

import org.jspecify.annotations.NullMarked;
