package org.jarvis.api.action;

import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.tool.Arguments;

/**
 * The wish to run a tool. Principal and origin come from how the request was authenticated, never
 * from what it says.
 *
 * @param tool the tool's name
 * @param arguments its arguments, not yet validated
 * @param principal who asks
 * @param origin by which way
 */
public record ActionRequest(String tool, Arguments arguments, Principal principal, Origin origin) {}
