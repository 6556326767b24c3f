/** Accounts, sessions and tokens. */
@NullMarked
package org.jarvis.auth;

import org.jspecify.annotations.NullMarked;
