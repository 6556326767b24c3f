/** What programs may be given, as closed grammars that are read from rule files. */
@NullMarked
package org.jarvis.safety.command.grammar;

import org.jspecify.annotations.NullMarked;
