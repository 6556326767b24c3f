package org.jarvis.safety.command.grammar;

/**
 * A word, or a part of one, that fitted an operand.
 *
 * @param operand the operand
 * @param text what stands there
 */
public record Hit(Operand operand, String text) {}
