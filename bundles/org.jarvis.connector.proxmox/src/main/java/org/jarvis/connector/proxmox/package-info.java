/** Watches one Proxmox VE cluster over its REST API and acts on it. */
@NullMarked
package org.jarvis.connector.proxmox;

import org.jspecify.annotations.NullMarked;
