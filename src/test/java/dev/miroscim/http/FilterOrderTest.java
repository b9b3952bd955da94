package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Container;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

@MiroScimTest
class FilterOrderTest {

    private record Place(String filter, int order) {}

    private static final List<Place> PLACES = List.of(
            new Place("characterEncodingFilter", FilterOrder.CHARACTER_ENCODING),
            new Place("healthCheckFilter", FilterOrder.HEALTH),
            new Place("requestMetrics", FilterOrder.METRICS),
            new Place("journalFilter", FilterOrder.JOURNAL),
            new Place("ruleHeaders", FilterOrder.RULE_HEADERS),
            new Place("planeErrorFilter", FilterOrder.PLANE_ERRORS),
            new Place("forwardedHeaderFilter", FilterOrder.FORWARDED_HEADERS),
            new Place("faultFilter", FilterOrder.FAULTS),
            new Place("requestContextFilter", FilterOrder.REQUEST_CONTEXT),
            new Place("springSecurityFilterChain", FilterOrder.SECURITY));

    /** What tests add to see requests. */
    private static final Set<String> OF_TESTS = Set.of("listeningToMarkedRequests", "rememberingRules");

    @Autowired
    private ServletWebServerApplicationContext program;

    @Test
    void everyFilterIsListed_andStandsWhereTheListSays() {
        assertThat(filtersOfTomcat())
                .containsExactlyElementsOf(PLACES.stream().map(Place::filter).toList());
    }

    /** Two filters of one order would follow each other by chance. */
    @Test
    void ordersAscend() {
        assertThat(PLACES).extracting(Place::order).isSorted().doesNotHaveDuplicates();
    }

    private List<String> filtersOfTomcat() {
        Container[] contexts =
                ((TomcatWebServer) program.getWebServer()).getTomcat().getHost().findChildren();
        return Stream.of(contexts)
                .map(StandardContext.class::cast)
                .flatMap(context -> Arrays.stream(context.findFilterMaps()))
                .map(FilterMap::getFilterName)
                .filter(name -> !OF_TESTS.contains(name))
                .toList();
    }
}
