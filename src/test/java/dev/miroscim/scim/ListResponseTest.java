package dev.miroscim.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ListResponseTest {

    private final JsonMapper json = JsonMapper.shared();

    @Test
    void of_tellsNoPage() {
        assertThat(json.writeValueAsString(ListResponse.of(2, List.of("a", "b"))))
                .isEqualTo("""
                        {"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":2,\
                        "Resources":["a","b"]}""");
    }

    @Test
    void of_withoutHitHasResources() {
        assertThat(json.writeValueAsString(ListResponse.of(0, List.of()))).isEqualTo("""
                        {"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,\
                        "Resources":[]}""");
    }

    @Test
    void ofTotal_tellsNothingElse() {
        assertThat(json.writeValueAsString(ListResponse.ofTotal(12))).isEqualTo("""
                        {"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":12}""");
    }

    @Test
    void page_countsWhatItHolds() {
        assertThat(json.writeValueAsString(ListResponse.page(12, 11, List.of("k", "l"))))
                .isEqualTo("""
                        {"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":12,\
                        "startIndex":11,"itemsPerPage":2,"Resources":["k","l"]}""");
    }
}
