package org.jarvis.api.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:11434",
        "http://127.0.0.1:8080/v1",
        "http://192.168.1.20",
        "http://10.0.0.7:1234/",
        "http://172.16.4.4",
        "http://100.100.1.1",
        "http://[::1]:8080",
        "http://[fd00::7]:8080",
        "http://[fe80::1]",
        "http://ollama",
        "http://gpu.lan:11434",
        "HTTP://gpu.home.arpa"
      })
  void plainHttpIsForTheHouse(String address) {
    assertThat(Endpoint.parse(address))
        .hasValueSatisfying(one -> assertThat(one.withinTheHouse()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "http://8.8.8.8",
        "http://172.32.0.1",
        "http://100.128.0.1",
        "http://[2001:db8::1]",
        "http://192.168.1.1.example.com",
        "https://user@example.com",
        "https://example.com?key=1",
        "https://example.com#x",
        "ftp://192.168.1.1",
        "192.168.1.1:80",
        "https://",
        "",
        "https://exa mple.com"
      })
  void whatElseIsNoAddress(String address) {
    assertThat(Endpoint.parse(address)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.anthropic.com",
        "https://8.8.8.8/v1/",
        "https://a.example.com:8443/x"
      })
  void httpsMayLeaveTheHouse(String address) {
    assertThat(Endpoint.parse(address))
        .hasValueSatisfying(
            one -> {
              assertThat(one.withinTheHouse()).isFalse();
              assertThat(one.base().toString()).doesNotEndWith("/");
            });
  }
}
