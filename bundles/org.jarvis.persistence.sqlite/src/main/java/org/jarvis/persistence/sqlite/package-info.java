/** The stores of Jarvis on SQLite, with migrations. */
@NullMarked
package org.jarvis.persistence.sqlite;

import org.jspecify.annotations.NullMarked;
