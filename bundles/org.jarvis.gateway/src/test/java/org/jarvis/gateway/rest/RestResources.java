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
    CertificatesResource certificates = new CertificatesResource();
    certificates.parts = parts;
    certificates.turnstile = turnstile;
    ResourcesResource resources = new ResourcesResource();
    resources.parts = parts;
    resources.feeds = feeds;
    resources.turnstile = turnstile;
    Patience patience = new Patience();
    ToolsResource tools = new ToolsResource();
    tools.parts = parts;
    tools.patience = patience;
    PlansResource plans = new PlansResource();
    plans.parts = parts;
    plans.patience = patience;
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
    audit.turnstile = turnstile;
    HostsResource hosts = new HostsResource();
    hosts.parts = parts;
    ExtensionsResource extensions = new ExtensionsResource();
    extensions.parts = parts;
    PreferencesResource preferences = new PreferencesResource();
    preferences.parts = parts;
    MetricsResource metrics = new MetricsResource();
    metrics.parts = parts;
    ProtectionsResource protections = new ProtectionsResource();
    protections.parts = parts;
    AliasesResource aliases = new AliasesResource();
    aliases.parts = parts;
    WhereaboutsResource whereabouts = new WhereaboutsResource();
    whereabouts.parts = parts;
    GuardrailsResource guardrails = new GuardrailsResource();
    guardrails.parts = parts;
    guardrails.changes = new GuardrailChanges();
    TerminalsResource terminals = new TerminalsResource();
    terminals.parts = parts;
    terminals.turnstile = turnstile;
    CommandsResource commands = new CommandsResource();
    commands.parts = parts;
    ProblemsResource trouble = new ProblemsResource();
    trouble.parts = parts;
    trouble.patience = patience;
    ProblemKindsResource kinds = new ProblemKindsResource();
    kinds.parts = parts;
    MaintenanceResource maintenance = new MaintenanceResource();
    maintenance.parts = parts;
    PanelsResource panels = new PanelsResource();
    panels.parts = parts;
    ConversationsResource conversations = new ConversationsResource();
    conversations.parts = parts;
    conversations.patience = patience;
    ChatProvidersResource providers = new ChatProvidersResource();
    providers.parts = parts;
    ScreenResource screen = new ScreenResource();
    screen.parts = parts;
    return List.of(
        conversations,
        providers,
        panels,
        screen,
        trouble,
        kinds,
        maintenance,
        terminals,
        commands,
        protections,
        aliases,
        whereabouts,
        guardrails,
        preferences,
        metrics,
        health,
        auth,
        tokens,
        sessions,
        clusters,
        certificates,
        resources,
        tools,
        plans,
        actions,
        approvals,
        events,
        audit,
        extensions,
        hosts,
        new OpenApiResource(),
        problems);
  }
}
