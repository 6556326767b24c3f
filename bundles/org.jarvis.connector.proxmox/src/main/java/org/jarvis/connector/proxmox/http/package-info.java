/** Speaks HTTPS with the members of a Proxmox VE cluster: trust, time-outs, typed failures. */
@NullMarked
package org.jarvis.connector.proxmox.http;

import org.jspecify.annotations.NullMarked;
