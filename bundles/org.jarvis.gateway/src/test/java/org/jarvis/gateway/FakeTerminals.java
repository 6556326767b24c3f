package org.jarvis.gateway;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.TerminalView;
import org.jarvis.api.host.Terminals;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Arguments;

/** One terminal that tells what a test says, and notes what it is told. */
public final class FakeTerminals implements Terminals {
  public static final String ID = "terminal-1";
  public static final String SECRET = "first-secret";
  public static final String NEXT = "next-secret";
  public final List<Wish> wishes = new CopyOnWriteArrayList<>();
  public final List<String> told = new CopyOnWriteArrayList<>();
  public final Queue<TerminalView.News> news = new ConcurrentLinkedQueue<>();
  public ActionState outcome = ActionState.RUNNING;
  private volatile Runnable pump = () -> {};

  private static OpenTerminal shown() {
    return new OpenTerminal(
        ID,
        "action-1",
        new HostId(new ClusterId("home"), "pve1"),
        ResourceRef.node(new ClusterId("home"), new NodeName("pve1")),
        "root@pve1",
        Instant.EPOCH,
        Instant.EPOCH,
        "recording-1",
        null);
  }

  public void tells(TerminalView.News one) {
    news.add(one);
    pump.run();
  }

  @Override
  public Opened open(Wish wish, Authentication by, Secret password, String address) {
    if (password == null || !password.reveal().equals("right")) {
      throw new JarvisException(ErrorCode.LOGIN_FAILED, "The current password is wrong.");
    }
    wishes.add(wish);
    Action action =
        FakeCore.action(
            "action-1",
            outcome,
            new ActionRequest("open_terminal", Arguments.none(), by.principal(), Origin.BROWSER));
    return outcome == ActionState.RUNNING
        ? new Opened(action, Optional.of(shown()), Optional.of(Secret.of(SECRET)))
        : new Opened(action, Optional.empty(), Optional.empty());
  }

  @Override
  public List<OpenTerminal> open(Principal person) {
    return List.of(shown());
  }

  @Override
  public void close(String id, Principal person) {
    if (!id.equals(ID)) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is no such terminal.");
    }
    told.add("close");
  }

  @Override
  public TerminalView attach(
      String id, Secret secret, long after, Principal person, Runnable pumping) {
    if (!id.equals(ID)) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is no such terminal.");
    }
    if (!secret.reveal().equals(SECRET)) {
      throw new JarvisException(ErrorCode.REFUSED, "The secret is wrong.");
    }
    told.add("attach " + after + " " + person.credential());
    pump = pumping;
    return new View();
  }

  @Override
  public Terms terms() {
    return new Terms(true, true, Duration.ofMinutes(30));
  }

  @Override
  public List<Recording> recordings(Principal person) {
    return List.of(
        new Recording("recording-1", "home/pve1", "root@pve1", "ada", Instant.EPOCH, 7, false));
  }

  @Override
  public InputStream recording(String id, Principal person) {
    if (!id.equals("recording-1")) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is no such recording.");
    }
    return new ByteArrayInputStream("{\"version\":2}\n".getBytes(StandardCharsets.UTF_8));
  }

  private final class View implements TerminalView {
    @Override
    public OpenTerminal terminal() {
      return shown();
    }

    @Override
    public Secret nextSecret() {
      return Secret.of(NEXT);
    }

    @Override
    public long position() {
      return 3;
    }

    @Override
    public News next(int most) {
      return news.poll();
    }

    @Override
    public void acknowledge(long position) {
      told.add("ack " + position);
    }

    @Override
    public void type(String text) {
      if (text.equals("too much")) {
        throw new JarvisException(ErrorCode.THROTTLED, "Too much.");
      }
      told.add("type " + text);
    }

    @Override
    public void resize(int columns, int rows) {
      if (columns > 1000) {
        throw new JarvisException(ErrorCode.INVALID_INPUT, "Too wide.");
      }
      told.add("resize " + columns + "x" + rows);
    }

    @Override
    public void stay() {
      told.add("stay");
    }

    @Override
    public void detach() {
      told.add("detach");
    }
  }
}
