package org.jarvis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {
  @Test
  void isTheSameThroughoutAnIpv6Network() {
    assertThat(ClientNetwork.of("2001:db8:0:1::1"))
        .isEqualTo(ClientNetwork.of("2001:db8:0:1:ffff::2"))
        .isEqualTo(ClientNetwork.of("[2001:db8:0:1::3]"))
        .isNotEqualTo(ClientNetwork.of("2001:db8:0:2::1"));
  }

  @Test
  void isTheAddressOfIpv4AlsoWhereItIsWrittenAsIpv6() {
    assertThat(ClientNetwork.of("192.0.2.1"))
        .isEqualTo("192.0.2.1")
        .isEqualTo(ClientNetwork.of("::ffff:192.0.2.1"))
        .isNotEqualTo(ClientNetwork.of("192.0.2.2"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,127.0.0.1,true",
    "127.9.9.9,127.0.0.1,true",
    "::1,::1,true",
    "192.0.2.1,192.0.2.1,true",
    "2001:db8::1,[2001:db8::1],true",
    "192.0.2.2,192.0.2.1,false",
    "localhost,127.0.0.1,false",
    ",127.0.0.1,false",
  })
  void knowsWhatComesFromThisMachine(String remote, String local, boolean own) {
    assertThat(ClientNetwork.isThisMachine(remote, local)).isEqualTo(own);
  }
}
