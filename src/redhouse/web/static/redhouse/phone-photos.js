// A photograph from the camera, made small on this phone: it is seen whole, weighs a fiftieth, and loses where it was
// taken, because only the picture is drawn again.
const LONGEST = 1600; // pixels of the longer side
const WEIGHT = 400 << 10; // bytes that a photograph should not exceed
const QUALITIES = [0.8, 0.65, 0.5];

const blobOf = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

const drawn = (picture, longest) => {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
};

// As text, so that a draft holds it too; and back.
export const asText = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
export const asBytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;

// The bytes to send and a thumbnail to show; null where the file is no picture that this phone can read.
export const shrink = async (file) => {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  const canvas = drawn(picture, LONGEST), small = drawn(picture, 144);
  picture.close();
  let blob;
  for (const quality of QUALITIES) {
    blob = await blobOf(canvas, quality);
    if (blob && blob.size <= WEIGHT) break;
  }
  return blob && { bytes: await blob.arrayBuffer(), thumb: small.toDataURL("image/jpeg", 0.6) };
};
