package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.junit.jupiter.api.Test;

class LastReadingTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private static Guest guest(int id, String node, Guest.Status status, double cpu, Instant at) {
    return new Guest(
        new ClusterId("home"),
        new GuestId(id),
        GuestType.QEMU,
        "web",
        new NodeName(node),
        status,
        false,
        List.of(),
        null,
        null,
        null,
        cpu,
        null,
        null,
        null,
        null,
        null,
        new Observation("pve:home", at, Duration.ofSeconds(10)));
  }

  private static LastReading reading(Guest... guests) {
    return LastReading.of(List.of(), List.of(guests), List.of());
  }

  @Test
  void figuresAndTimeChangeNothingOfWhatCanBeAsked() {
    LastReading before = reading(guest(100, "titan", Guest.Status.RUNNING, 0.1, NOON));

    assertThat(
            reading(guest(100, "titan", Guest.Status.RUNNING, 0.9, NOON.plusSeconds(10)))
                .offersTheSame(before))
        .isTrue();
  }

  @Test
  void whatIsThereAndHowItStandsDecides() {
    Guest was = guest(100, "titan", Guest.Status.RUNNING, 0.1, NOON);
    LastReading before = reading(was);

    assertThat(reading().offersTheSame(before)).as("gone").isFalse();
    assertThat(reading(guest(101, "titan", Guest.Status.RUNNING, 0.1, NOON)).offersTheSame(before))
        .as("another")
        .isFalse();
    assertThat(
            reading(was, guest(101, "titan", Guest.Status.RUNNING, 0.1, NOON))
                .offersTheSame(before))
        .as("one more")
        .isFalse();
    assertThat(reading(guest(100, "titan", Guest.Status.STOPPED, 0.1, NOON)).offersTheSame(before))
        .as("stopped")
        .isFalse();
    assertThat(reading(guest(100, "rhea", Guest.Status.RUNNING, 0.1, NOON)).offersTheSame(before))
        .as("moved")
        .isFalse();
  }
}
