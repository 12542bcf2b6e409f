/* <form data-verify data-log="/log/"> in a [data-verify-with] that is hidden: checks the chosen or pasted receipt with verify.js and
   writes what it found into [data-verify-found]. Nothing leaves the browser. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-verify]");
  var without = document.querySelector("[data-verify-without]");
  var place = document.querySelector("[data-verify-found]");
  var api = window.sutartaVerify;
  var language = document.documentElement.lang === "lt" ? "lt" : "en";
  var words = (window.sutartaVerifyWords || {})[language];
  var MARKS = { kept: "✓", failed: "✗", unchecked: "–" };
  var LARGEST = 2000000; /* bytes of a receipt that is read at all */

  if (!form || !api || !words || !window.crypto || !crypto.subtle || !window.fetch) return;
  document.querySelector("[data-verify-with]").hidden = false;
  without.hidden = true;

  function element(name, text, label) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (label) made.className = label;
    return made;
  }

  function list(findings, state) {
    var shown = findings.filter(function (one) { return one.state === state; });
    var part = element("div", "", "findings");
    if (!shown.length) return part;
    part.setAttribute("data-state", state);
    part.appendChild(element("h3", words.titles[state]));
    var rows = part.appendChild(element("ul"));
    shown.forEach(function (one) {
      var row = rows.appendChild(element("li"));
      row.setAttribute("data-code", one.code);
      var mark = row.appendChild(element("span", MARKS[state], "mark-of"));
      mark.setAttribute("aria-hidden", "true");
      row.appendChild(element("span", api.sentence(one, language)));
    });
    return part;
  }

  function verdict(findings) {
    if (findings.some(function (one) { return one.code === "not_a_receipt"; })) return "not_a_receipt";
    return findings.some(function (one) { return one.state === "failed"; }) ? "failed" : "kept";
  }

  function show(findings) {
    var said = verdict(findings);
    place.textContent = "";
    place.hidden = false;
    place.setAttribute("data-verdict", said);
    place.appendChild(element("h2", words.verdicts[said]));
    ["failed", "kept", "unchecked"].forEach(function (state) {
      place.appendChild(list(findings, state));
    });
    place.focus();
  }

  function asked(path) {
    return window.fetch(form.getAttribute("data-log") + path, { cache: "no-store", credentials: "omit" })
      .then(function (answer) {
        if (answer.status === 404) return null;
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.arrayBuffer().then(function (bytes) { return new Uint8Array(bytes); });
      });
  }

  function read() {
    var file = document.getElementById("receipt-file").files[0];
    var text = document.getElementById("receipt-text").value;
    if (!file || file.size > LARGEST) return Promise.resolve(text);
    return new Response(file).text();
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    read().then(function (text) {
      var said = null;
      try { said = JSON.parse(text); } catch (error) { /* then it is no receipt */ }
      var key = document.getElementById("receipt-key").value;
      return api.receipt(said, { trusted: key, fetch: asked });
    }).then(show);
  });
})();
