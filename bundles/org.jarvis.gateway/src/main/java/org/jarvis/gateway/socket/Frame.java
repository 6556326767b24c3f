package org.jarvis.gateway.socket;

/**
 * A message that is the same for every client.
 *
 * @param seq how far a client is that has it
 * @param text the message
 */
record Frame(long seq, String text) {}
