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

/** {@code /ws/chat}: the conversation that a page shows, live. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/ws/chat")
@HttpWhiteboardServletAsyncSupported
public final class ChatChannelServlet extends ChannelServlet {
  private static final long serialVersionUID = 1L;

  private final transient LiveFeeds feeds;

  /** A servlet whose clients these feeds serve. */
  @Activate
  public ChatChannelServlet(@Reference LiveFeeds feeds) {
    this.feeds = feeds;
  }

  @Override
  Function<Outlet, Channel> opening(HttpServletRequest request, Caller caller) {
    return outlet -> feeds.openChatChannel(caller, outlet);
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
