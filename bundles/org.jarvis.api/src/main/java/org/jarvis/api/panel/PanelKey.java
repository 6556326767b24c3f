package org.jarvis.api.panel;

import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * One place where a panel stands.
 *
 * @param panel the panel's id
 * @param subject the resource within which it stands; {@code null} for the middle of the page
 */
public record PanelKey(String panel, @Nullable ResourceRef subject) {}
