package org.jarvis.gateway.socket;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.guard.Caller;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /ws/terminal}: a person's own terminal. No bearer token gets as far as a socket. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/ws/terminal")
@HttpWhiteboardServletAsyncSupported
public final class TerminalChannelServlet extends ChannelServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final transient LiveFeeds feeds;

  /** A servlet whose clients these feeds serve. */
  @Activate
  public TerminalChannelServlet(@Reference LiveFeeds feeds) {
    this.feeds = feeds;
  }

  @Override
  Function<Outlet, Channel> opening(HttpServletRequest request, Caller caller) {
    caller.requirePerson();
    String id = request.getParameter("id");
    if (id == null || !ID.matcher(id).matches()) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "The parameter \"id\" must be the id of a terminal, as POST /api/terminals told it.",
          List.of(new FieldError("id", "must be the id of a terminal")));
    }
    return outlet -> feeds.openTerminalChannel(caller, outlet, id);
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
