package org.jarvis.gateway.rest;

import java.util.List;
import org.jarvis.gateway.HealthBoard;
import org.jarvis.gateway.Opening;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.socket.LiveFeeds;

/** Makes the REST resources for tests, as Declarative Services would. */
public final class RestResources {
  private RestResources() {}

  public static List<Object> of(Parts parts, HealthBoard board, LiveFeeds feeds, Opening opening) {
    ProblemMapper problems = new ProblemMapper();
    problems.opening = opening;
    HealthResource health = new HealthResource();
    health.board = board;
    AuthResource auth = new AuthResource();
    auth.parts = parts;
    TokensResource tokens = new TokensResource();
    tokens.parts = parts;
    SessionsResource sessions = new SessionsResource();
    sessions.parts = parts;
    Turnstile turnstile = new Turnstile();
    ClustersResource clusters = new ClustersResource();
    clusters.parts = parts;
    clusters.feeds = feeds;
    clusters.turnstile = turnstile;
    ResourcesResource resources = new ResourcesResource();
    resources.parts = parts;
    resources.feeds = feeds;
    resources.turnstile = turnstile;
    Patience patience = new Patience();
    ToolsResource tools = new ToolsResource();
    tools.parts = parts;
    tools.patience = patience;
    ActionsResource actions = new ActionsResource();
    actions.parts = parts;
    actions.patience = patience;
    ApprovalsResource approvals = new ApprovalsResource();
    approvals.parts = parts;
    approvals.patience = patience;
    EventsResource events = new EventsResource();
    events.parts = parts;
    AuditResource audit = new AuditResource();
    audit.parts = parts;
    ExtensionsResource extensions = new ExtensionsResource();
    extensions.parts = parts;
    PreferencesResource preferences = new PreferencesResource();
    preferences.parts = parts;
    MetricsResource metrics = new MetricsResource();
    metrics.parts = parts;
    return List.of(
        preferences,
        metrics,
        health,
        auth,
        tokens,
        sessions,
        clusters,
        resources,
        tools,
        actions,
        approvals,
        events,
        audit,
        extensions,
        new OpenApiResource(),
        problems);
  }
}
