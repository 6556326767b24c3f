/**
 * The demo lab: a simulated Proxmox VE cluster that is reached like a real one, over HTTPS with API
 * tokens.
 *
 * <p>It depends on no other part of Jarvis, and no other part knows it. {@link org.jarvis.lab.Lab}
 * runs it as an object, {@link org.jarvis.lab.LabMain} as a process, and a component runs it inside
 * the demo.
 */
@NullMarked
package org.jarvis.lab;

import org.jspecify.annotations.NullMarked;
