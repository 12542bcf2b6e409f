/* Passkeys: <form data-passkey="create|get"> sends what the device answers in its hidden field.
   The options stand in #passkey-options, or come from data-options-from when the button is pressed. */
(function () {
  "use strict";

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function withIds(list) {
    return (list || []).map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
  }

  /* What the server wrote as text, as the browser wants it. */
  function wanted(options) {
    var made = Object.assign({}, options, { challenge: bytes(options.challenge) });
    if (options.user) made.user = Object.assign({}, options.user, { id: bytes(options.user.id) });
    if (options.excludeCredentials) made.excludeCredentials = withIds(options.excludeCredentials);
    if (options.allowCredentials) made.allowCredentials = withIds(options.allowCredentials);
    return made;
  }

  /* A key that signs in by itself must live on the device and ask for finger, face or PIN. */
  function residing(options) {
    var how = Object.assign({}, options.authenticatorSelection);
    how.residentKey = how.userVerification = "required";
    how.requireResidentKey = true;
    return Object.assign({}, options, { authenticatorSelection: how });
  }

  function answered(credential) {
    var from = credential.response, response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (from[part]) response[part] = text(from[part]);
    });
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: response,
      clientExtensionResults: credential.getClientExtensionResults()
    };
  }

  function options(form) {
    var address = form.getAttribute("data-options-from");
    if (!address) return Promise.resolve(JSON.parse(document.getElementById("passkey-options").textContent));
    return fetch(address, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } })
      .then(function (answer) { return answer.json(); });
  }

  function ask(form) {
    var creates = form.getAttribute("data-passkey") === "create";
    return options(form).then(function (data) {
      var said = (data.creation_options || data.request_options).publicKey;
      if (creates) return navigator.credentials.create({ publicKey: wanted(residing(said)) });
      return navigator.credentials.get({ publicKey: wanted(said) });
    });
  }

  function prepare(form) {
    var failed = form.querySelector("[data-passkey-failed]");
    var missing = form.querySelector("[data-passkey-missing]");
    if (missing) missing.hidden = true;
    form.querySelector("[data-passkey-go]").hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (failed) failed.hidden = true;
      ask(form).then(function (credential) {
        form.querySelector("[name=credential]").value = JSON.stringify(answered(credential));
        form.submit();
      }).catch(function () { if (failed) failed.hidden = false; });
    });
  }

  if (!window.PublicKeyCredential) return;
  Array.prototype.forEach.call(document.querySelectorAll("form[data-passkey]"), prepare);
})();
