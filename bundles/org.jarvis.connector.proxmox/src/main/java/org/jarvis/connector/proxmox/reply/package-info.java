/** Understands what Proxmox VE answers, whatever is missing, new or of another type in it. */
@NullMarked
package org.jarvis.connector.proxmox.reply;

import org.jspecify.annotations.NullMarked;
