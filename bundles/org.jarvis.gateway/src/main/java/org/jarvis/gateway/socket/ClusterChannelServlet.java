package org.jarvis.gateway.socket;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.jarvis.gateway.guard.Caller;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /ws/cluster}: how all clusters are, live. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/ws/cluster")
@HttpWhiteboardServletAsyncSupported
public final class ClusterChannelServlet extends ChannelServlet {
  private static final long serialVersionUID = 1L;

  private final transient LiveFeeds feeds;

  /** A servlet whose clients these feeds serve. */
  @Activate
  public ClusterChannelServlet(@Reference LiveFeeds feeds) {
    this.feeds = feeds;
  }

  @Override
  Function<Outlet, Channel> opening(HttpServletRequest request, Caller caller) {
    long after = after(request);
    return outlet -> feeds.openClusterChannel(caller, outlet, after);
  }

  @Override
  boolean hasRoom(Caller caller) {
    return feeds.hasRoom(caller);
  }

  @Override
  void gone(Channel channel) {
    feeds.gone(channel);
  }
}
