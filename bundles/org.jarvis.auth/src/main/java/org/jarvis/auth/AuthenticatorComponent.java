package org.jarvis.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.auth.SessionListener;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.AttemptStore;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.persistence.TokenStore;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Publishes {@link LocalAuth} for as long as there are stores. When they are replaced it starts
 * afresh; sessions and tokens live in the stores and go on.
 */
@Component(service = {Authenticator.class, Accounts.class})
public final class AuthenticatorComponent implements Authenticator, Accounts {
  private static final long SWEEP_SECONDS = 30;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable EventStream events;

  @Reference(
      service = SessionListener.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();

  private final Authenticator authenticator;
  private final Accounts accounts;
  private final ScheduledExecutorService sweeper;
  private final Future<?> sweeping;

  @Activate
  public AuthenticatorComponent(
      @Reference AccountStore store,
      @Reference TokenStore tokens,
      @Reference AttemptStore attempts,
      @Reference SettingStore settings,
      @Reference AuditLog audit) {
    Clock clock = Clock.systemUTC();
    AccountRecord record = new AccountRecord(audit, () -> events, () -> listeners, clock);
    LocalAuth auth = new LocalAuth(store, tokens, attempts, settings, record, clock);
    this.authenticator = auth.authenticator();
    this.accounts = auth.accounts();
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "jarvis-session-sweep");
              thread.setDaemon(true);
              return thread;
            });
    this.sweeping =
        sweeper.scheduleWithFixedDelay(auth::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  @Deactivate
  void deactivate() {
    sweeping.cancel(true);
    sweeper.shutdownNow();
  }

  @Override
  public boolean setupRequired() {
    return authenticator.setupRequired();
  }

  @Override
  public Optional<Secret> setupToken() {
    return authenticator.setupToken();
  }

  @Override
  public void setUp(Secret token, String username, Secret password, String address) {
    authenticator.setUp(token, username, password, address);
  }

  @Override
  public SessionGrant openSession(
      String username, Secret password, @Nullable Secret browser, String address) {
    return authenticator.openSession(username, password, browser, address);
  }

  @Override
  public TokenGrant issueToken(String username, Secret password, String address) {
    return authenticator.issueToken(username, password, address);
  }

  @Override
  public Optional<Authentication> session(Secret cookie) {
    return authenticator.session(cookie);
  }

  @Override
  public Optional<Authentication> bearer(Secret token) {
    return authenticator.bearer(token);
  }

  @Override
  public void endSession(String credential, String address) {
    authenticator.endSession(credential, address);
  }

  @Override
  public List<String> usernames() {
    return accounts.usernames();
  }

  @Override
  public List<SessionInfo> sessions(String username) {
    return accounts.sessions(username);
  }

  @Override
  public boolean endSession(String username, String id, String address) {
    return accounts.endSession(username, id, address);
  }

  @Override
  public List<TokenInfo> tokens(String username) {
    return accounts.tokens(username);
  }

  @Override
  public CreatedToken createToken(
      Authentication by,
      String name,
      Set<Scope> scopes,
      Audience audience,
      @Nullable Instant expiresAt,
      String address) {
    return accounts.createToken(by, name, scopes, audience, expiresAt, address);
  }

  @Override
  public boolean revokeToken(Authentication by, String id, String address) {
    return accounts.revokeToken(by, id, address);
  }

  @Override
  public void changePassword(Authentication by, Secret current, Secret next, String address) {
    accounts.changePassword(by, current, next, address);
  }

  @Override
  public void confirmPassword(Authentication by, Secret password, String address) {
    accounts.confirmPassword(by, password, address);
  }

  @Override
  public Secret resetPassword(String username) {
    return accounts.resetPassword(username);
  }
}
