package org.jarvis.gateway;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of {@code etc/org.jarvis.gateway.cfg}. */
@ObjectClassDefinition(
    id = "org.jarvis.gateway",
    name = "Jarvis: gateway",
    description =
        "Where Jarvis listens, with which certificate, and under which names it is known.")
public @interface GatewayConfiguration {
  /** Host names. */
  @AttributeDefinition(
      name = "Allowed hosts",
      description = "Host names, without port, under which Jarvis may be reached.",
      required = false)
  String[] allowed_hosts() default {};

  /** Origins. */
  @AttributeDefinition(
      name = "Allowed origins",
      description = "Origins such as https://jarvis.example.org from which the page may come.",
      required = false)
  String[] allowed_origins() default {};

  /** Addresses. */
  @AttributeDefinition(
      name = "Addresses to listen on",
      description = "IP addresses of this machine, or 0.0.0.0 for all; instead of JARVIS_HOST.",
      required = false)
  String[] listen() default {};

  /** When TLS is spoken. */
  @AttributeDefinition(
      name = "TLS",
      description = "auto: everywhere but on loopback. never: plain HTTP also for other machines.",
      options = {
        @Option(label = "everywhere but on loopback", value = "auto"),
        @Option(label = "everywhere", value = "always"),
        @Option(label = "nowhere", value = "never")
      },
      required = false)
  String tls() default "auto";

  /** A certificate. */
  @AttributeDefinition(
      name = "Certificate",
      description = "PEM file with your own certificate and what it was signed with, in order.",
      required = false)
  String tls_certificate() default "";

  /** Its key. */
  @AttributeDefinition(
      name = "Key",
      description = "PEM file with the certificate's private key, without a password.",
      required = false)
  String tls_key() default "";

  /** Whether browsers are told to insist on TLS. */
  @AttributeDefinition(
      name = "Strict transport security",
      description =
          "With your own certificate, tell browsers to speak only TLS with this host name, whatever"
              + " the port.",
      required = false)
  boolean tls_hsts() default true;
}
