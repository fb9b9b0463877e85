package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.FAR_AWAY;
import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.engine;
import static dev.weir.routing.graphhopper.Monaco.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.routing.RouteQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacesAndTextsTest {

  @Test
  void findsTheNearestRoad() {
    JsonNode place = json(new RouteQuery.Nearest(HERMITAGE, true));

    assertEquals("Point", place.get("type").asText());
    assertEquals(2, place.get("coordinates").size());
    assertTrue(place.get("distance").asDouble() < 50);
  }

  @Test
  void findsTheNearestRoadFromAnywhere() {
    JsonNode place = json(new RouteQuery.Nearest(FAR_AWAY, false));

    assertEquals(4_917_286, place.get("distance").asDouble(), 1000);
  }

  @Test
  void describesTheLoadedMap() {
    JsonNode info = json(engine().info());

    assertEquals(4, info.get("bbox").size());
    assertEquals("{\"name\":\"car\"}", info.at("/profiles/0").toString());
    assertEquals("11.0", info.get("version").asText());
    assertFalse(info.get("elevation").asBoolean());
    assertEquals("2021-04-21T20:21:46Z", info.get("data_date").asText());
    assertEquals("[\"true\",\"false\"]", info.at("/encoded_values/car_access").toString());
    assertEquals("[\">number\",\"<number\"]", info.at("/encoded_values/max_speed").toString());
    assertTrue(info.at("/encoded_values/road_class").toString().contains("\"MOTORWAY\""));
  }

  @Test
  void translatesIntoTheWishedLanguageAndEnglish() {
    JsonNode german = json(engine().translations("de"));

    assertEquals("de", german.get("locale").asText());
    assertEquals("turn left", german.at("/en/turn_left").asText());
    assertEquals("links abbiegen", german.at("/default/turn_left").asText());
  }

  @Test
  void fallsBackFromACountryToItsLanguage() {
    assertEquals(
        json(engine().translations("fr")).get("default"),
        json(engine().translations("fr-BE")).get("default"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "en", "en-US", "xx", "_", "-", "e", "\"\\u0000", "x_"})
  void hasNoOtherTranslationForEnglishAndTheUnknown(String locale) {
    JsonNode texts = json(engine().translations(locale));

    assertEquals(locale, texts.get("locale").asText());
    assertFalse(texts.has("default"));
  }
}
