/** The REST resources under /api. */
@NullMarked
package org.jarvis.gateway.rest;

import org.jspecify.annotations.NullMarked;
