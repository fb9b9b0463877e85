// Needs WEIR_URL, the address of a Weir with the Monaco map and the profile `car`.
import assert from 'node:assert/strict';
import test from 'node:test';
// The bundle only works in a browser; these are the sources it is made of.
import Isochrone from '@graphhopper/directions-api-js-client/src/GraphHopperIsochrone.js';
import Routing from '@graphhopper/directions-api-js-client/src/GraphHopperRouting.js';

const host = process.env.WEIR_URL;
// The client asks for elevation unless its defaults say otherwise, and then misreads flat lines.
const routing = new Routing({host, key: ''}, {elevation: false});
const hermitage = [7.4246, 43.7384];
const quai = [7.4197, 43.7311];

test('gets a route with points and instructions', async () => {
  const {paths, info} = await routing.doRequest({profile: 'car', points: [hermitage, quai]});

  assert.equal(paths.length, 1);
  assert.equal(paths[0].distance, 2282.549);
  assert.equal(paths[0].instructions[0].street_name, "Avenue de l'Hermitage");
  assert.deepEqual(paths[0].points.coordinates[0].map(round), [7.42453, 43.73829]);
  assert.equal(paths[0].snapped_waypoints.coordinates.length, 2);
  assert.ok(info.copyrights.includes('OpenStreetMap contributors'));
});

test('gets a route that avoids what its custom model says', async () => {
  const {paths} = await routing.doRequest({
    profile: 'car',
    points: [hermitage, quai],
    'ch.disable': true,
    custom_model: {priority: [{if: 'road_class == PRIMARY', multiply_by: '0.1'}]},
  });
  assert.ok(paths[0].distance > 0);
});

test('learns what is wrong with a request', async () => {
  await assert.rejects(
      routing.doRequest({profile: 'nope', points: [hermitage, quai]}),
      /^Error: The requested profile 'nope' does not exist/);
  await assert.rejects(
      routing.doRequest({profile: 'car', points: [hermitage, [0, 0]]}),
      /^Error: Point 1 is out of bounds/);
});

test('gets what the server is about', async () => {
  const info = await routing.info();
  assert.equal(info.elevation, false);
  assert.ok(info.profiles.some(({name}) => name === 'car'));

  const words = await routing.i18n({locale: 'de'});
  assert.equal(words.locale, 'de');
});

test('gets isochrones', async () => {
  const isochrone = new Isochrone({host, key: ''});
  const {polygons} =
      await isochrone.doRequest({point: '43.7384,7.4246', time_limit: 60, buckets: 2});
  assert.equal(polygons.length, 2);
});

function round(degrees) {
  return Math.round(degrees * 1e5) / 1e5;
}
