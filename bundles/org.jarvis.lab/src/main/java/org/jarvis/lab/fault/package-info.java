/** What can go wrong in the lab, and the switches for it. */
@NullMarked
package org.jarvis.lab.fault;

import org.jspecify.annotations.NullMarked;
