/**
 * The lab's two ports: the Proxmox VE API over HTTPS, and the fault switches over HTTP, both on
 * loopback only.
 */
@NullMarked
package org.jarvis.lab.http;

import org.jspecify.annotations.NullMarked;
