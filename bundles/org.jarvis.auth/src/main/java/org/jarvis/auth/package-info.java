/** Accounts, sessions and tokens: who somebody is, proven by a password, a cookie or a token. */
@NullMarked
package org.jarvis.auth;

import org.jspecify.annotations.NullMarked;
