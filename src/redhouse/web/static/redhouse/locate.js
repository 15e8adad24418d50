// The press that adds where one stands to a report. Without this file the place is said in words, as it is anyway.
import { canLocate, placeNow } from "./place.js";

const press = document.getElementById("locate"), said = document.getElementById("located");
const field = (name) => press.form.elements.namedItem(name);
if (canLocate()) {
  press.hidden = false;
  press.addEventListener("click", async () => {
    press.disabled = true;
    const place = await placeNow();
    press.disabled = false;
    for (const name of ["lat", "lon"]) field(name).value = place ? place[name] : "";
    said.textContent = place ? `${place.lat}, ${place.lon}` : press.dataset.absurd;
  });
}
