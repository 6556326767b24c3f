/**
 * Conversations and the tool-calling loop: what is told to a model, what becomes of what it asks
 * for, and what goes on after a person was asked. Everything that a model wants is a request to the
 * one gate, of the origin chat.
 */
@NullMarked
package org.jarvis.chat;

import org.jspecify.annotations.NullMarked;
