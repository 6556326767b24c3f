/**
 * The Proxmox VE API over the simulated cluster: paths, parameters, privileges, shapes and error
 * texts.
 */
@NullMarked
package org.jarvis.lab.pve;

import org.jspecify.annotations.NullMarked;
