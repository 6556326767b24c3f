package org.jarvis.llm.offline.intent;

/**
 * What something was understood as.
 *
 * @param intent the name of the intent; empty where it was not understood
 * @param reply what is answered
 */
public record Understood(String intent, Reply reply) {}
