// Needs WEIR_URL, the address of a Weir whose breaker is forced open.
import assert from 'node:assert/strict';
import test from 'node:test';
// The bundle only works in a browser; these are the sources it is made of.
import Isochrone from '@graphhopper/directions-api-js-client/src/GraphHopperIsochrone.js';
import Routing from '@graphhopper/directions-api-js-client/src/GraphHopperRouting.js';

const host = process.env.WEIR_URL;

test('can read why a route is refused', async () => {
  const routing = new Routing({host, key: ''}, {elevation: false});
  await assert.rejects(
      routing.doRequest({profile: 'car', points: [[7.4246, 43.7384], [7.4197, 43.7311]]}),
      /^Error: The routing engine is recovering from a fault\. - for url/);
});

test('can read why an isochrone is refused', async () => {
  const isochrone = new Isochrone({host, key: ''});
  await assert.rejects(
      isochrone.doRequest({point: '43.7384,7.4246', time_limit: 60}),
      /^Error: The routing engine is recovering from a fault\. - for url/);
});
