package org.jarvis.safety.command.line;

/**
 * One word of a command, without its quotes.
 *
 * @param text what the program gets to see
 * @param position where it begins: the character of the line or the number of the word, from 1
 */
public record Word(String text, int position) {}
