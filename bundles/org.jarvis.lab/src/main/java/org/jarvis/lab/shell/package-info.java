/**
 * The shell and the programs of the lab's hosts: what somebody gets who logs in to a node. Their
 * answers come from the simulated cluster, in the form in which the real programs print them.
 */
@NullMarked
package org.jarvis.lab.shell;

import org.jspecify.annotations.NullMarked;
