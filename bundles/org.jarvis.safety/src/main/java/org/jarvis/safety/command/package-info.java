/**
 * What commands on hosts mean: read by a strict grammar, judged by rules that are data, and written
 * anew before anything runs.
 */
@NullMarked
package org.jarvis.safety.command;

import org.jspecify.annotations.NullMarked;
