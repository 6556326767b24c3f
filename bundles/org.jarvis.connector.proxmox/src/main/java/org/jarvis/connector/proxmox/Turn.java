package org.jarvis.connector.proxmox;

import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;

/**
 * What is read in one turn of the slow lane.
 *
 * @param resource of what
 * @param aspect which side of it
 */
record Turn(ResourceRef resource, Aspect aspect) {}
