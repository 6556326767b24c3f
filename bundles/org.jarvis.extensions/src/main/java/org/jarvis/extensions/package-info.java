/** Lets dropped-in jars run once a person has consented to them. */
@NullMarked
package org.jarvis.extensions;

import org.jspecify.annotations.NullMarked;
