package org.jarvis.dashboard;

import jakarta.servlet.Servlet;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.osgi.service.servlet.whiteboard.annotations.RequireHttpWhiteboard;

/**
 * Puts the page on the server, at the paths that the gateway lets through without login. It
 * registers the servlet itself, because one of its patterns is empty, which is the servlets' way to
 * say "the root and nothing else", and component descriptions lose empty values in a list.
 * Immediate, since nobody asks for it.
 */
@Component(
    service = {},
    immediate = true)
@RequireHttpWhiteboard
public final class PageRegistration {
  static final List<String> PATTERNS =
      List.of("", "/index.html", "/assets/*", "/licenses/*", "/icon.svg", "/favicon.ico");

  private final ServiceRegistration<Servlet> registration;

  /** Serves what is packed into this bundle. */
  @Activate
  public PageRegistration(BundleContext context) {
    Map<String, Object> properties =
        Map.of(
            HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN,
            PATTERNS.toArray(String[]::new));
    this.registration =
        context.registerService(
            Servlet.class,
            new PageServlet(PageAssets.of(context.getBundle())),
            FrameworkUtil.asDictionary(properties));
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
  }
}
