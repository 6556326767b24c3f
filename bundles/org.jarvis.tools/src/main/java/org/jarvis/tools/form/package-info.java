/**
 * What the tools have in common: how arguments name things, how results look, how ends of tasks are
 * judged.
 */
@NullMarked
package org.jarvis.tools.form;

import org.jspecify.annotations.NullMarked;
