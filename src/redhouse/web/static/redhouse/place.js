// Where this device is, if its person asks: five decimals, about a metre. Null where there is no receiver, no consent,
// no fix in time, or one that cannot be: too coarse, or outside the country.
const LAND = { latitude: [3, 54], longitude: [73, 136] };
const ACCURATE = 500; // metres
const SECONDS = 10;

const isSound = (coords) => coords.accuracy <= ACCURATE
  && Object.entries(LAND).every(([name, [least, most]]) => coords[name] >= least && coords[name] <= most);

export const canLocate = () => Boolean(navigator.geolocation);

export const placeNow = () => new Promise((done) => {
  if (!canLocate()) { done(null); return; }
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    done(isSound(coords) ? { lat: coords.latitude.toFixed(5), lon: coords.longitude.toFixed(5) } : null);
  }, () => done(null), { timeout: SECONDS * 1000, enableHighAccuracy: true });
});
