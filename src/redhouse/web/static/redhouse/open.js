// The digest of a chosen file, computed on this device; the file is never sent. Without this the digest is pasted.
(() => {
  "use strict";
  const pick = document.getElementById("pick");
  const file = document.getElementById("file");
  const digest = document.getElementById("digest");
  if (!pick || !file || !digest) return;
  if (!window.crypto || !crypto.subtle) { // only on an encrypted connection, or on this very machine
    document.getElementById("cannot").hidden = false;
    return;
  }
  pick.hidden = false;
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    const found = await crypto.subtle.digest("SHA-256", await file.files[0].arrayBuffer());
    digest.value = Array.from(new Uint8Array(found), (byte) => byte.toString(16).padStart(2, "0")).join("");
    file.value = "";
    digest.focus();
  });
})();
