package org.jarvis.gateway;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Aliases;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.api.safety.OwnPlace;
import org.jarvis.api.safety.ProtectionLedger;

/** Safety that remembers what it was told. */
public final class FakeSafety implements OwnPlace, ProtectionLedger, GuardrailSettings, Aliases {
  public final List<String> told = new ArrayList<>();
  public final List<Item> items = new ArrayList<>();
  public final List<Alias> aliases = new ArrayList<>();
  public volatile Guardrails guardrails = Guardrails.INITIAL;
  public volatile boolean durable = true;
  public volatile Runnable whileChanging = () -> {};
  private volatile Standing standing =
      new Standing(new Whereabouts.Unknown(), OwnPlace.Source.NOBODY, "Nobody knows.");

  @Override
  public Standing standing(ClusterId cluster) {
    return standing;
  }

  @Override
  public Standing state(ClusterId cluster, Whereabouts place, Principal principal, String address) {
    told.add(cluster + " " + place + " " + principal.name() + " " + address);
    standing = new Standing(place, OwnPlace.Source.PERSON, "A person stated it.");
    return standing;
  }

  @Override
  public List<Item> items() {
    return List.copyOf(items);
  }

  @Override
  public void release(ResourceRef guest, String typed, Principal principal, String address) {
    if (!typed.equals("media")) {
      throw new JarvisException(
          ErrorCode.TYPED_NAME_WRONG,
          "That is not the guest's name.",
          List.of(new FieldError("typed", "is not the guest's name")));
    }
    told.add(guest + " " + principal.name() + " " + address);
    items.clear();
  }

  @Override
  public List<Alias> all() {
    return List.copyOf(aliases);
  }

  @Override
  public Alias give(String words, ResourceRef resource, Principal principal, String address) {
    told.add(words + " for " + resource + " " + principal.name() + " " + address);
    Alias alias = new Alias(words, resource, "media");
    aliases.add(alias);
    return alias;
  }

  @Override
  public void takeAway(String words, Principal principal, String address) {
    told.add("no " + words + " " + principal.name() + " " + address);
    aliases.removeIf(alias -> alias.words().equals(words));
  }

  @Override
  public Guardrails current() {
    return guardrails;
  }

  @Override
  public boolean change(Guardrails next, Principal principal, String address) {
    Runnable meanwhile = whileChanging;
    whileChanging = () -> {};
    meanwhile.run();
    told.add(next + " " + principal.name() + " " + address);
    guardrails = next;
    return durable;
  }
}
