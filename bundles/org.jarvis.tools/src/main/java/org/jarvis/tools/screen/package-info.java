/** Tools that put something onto the centre of everybody's page. */
@NullMarked
package org.jarvis.tools.screen;

import org.jspecify.annotations.NullMarked;
