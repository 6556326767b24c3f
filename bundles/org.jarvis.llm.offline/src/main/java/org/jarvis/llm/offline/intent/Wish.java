package org.jarvis.llm.offline.intent;

import org.jarvis.api.tool.Arguments;

/**
 * A tool that is to be asked for. It is only a wish: the gate decides.
 *
 * @param tool the tool's name
 * @param arguments what it is called with
 */
public record Wish(String tool, Arguments arguments) {}
