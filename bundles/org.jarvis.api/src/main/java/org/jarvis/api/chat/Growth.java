package org.jarvis.api.chat;

/**
 * Words that came to the end of the last message of a conversation, and changed nothing else of it.
 *
 * @param revision the conversation's revision with them; the one before is what they came to
 * @param message the message
 * @param part which of its parts grew, the first being 0; its last one, which was there before
 * @param words what came; no half of a character is in them
 */
public record Growth(long revision, String message, int part, String words) {}
