/**
 * A simulated Proxmox VE cluster. It knows nothing of Jarvis, as the connector knows nothing of it.
 */
@NullMarked
package org.jarvis.lab;

import org.jspecify.annotations.NullMarked;
