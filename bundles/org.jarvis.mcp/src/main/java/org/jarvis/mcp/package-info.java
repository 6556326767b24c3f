/** The tool catalogue as an MCP server. */
@NullMarked
package org.jarvis.mcp;

import org.jspecify.annotations.NullMarked;
