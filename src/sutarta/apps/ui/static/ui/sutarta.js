/* Small helps. Nothing here is needed: every page and every form works without it. */
(function () {
  "use strict";

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  /* A text box as tall as its text. */
  function grow(box) {
    box.rows = Math.max(box.rows, Math.min(30, box.value.split("\n").length + 1));
    while (box.scrollHeight > box.clientHeight && box.rows < 30) box.rows += 1;
  }

  /* <p data-count-for="ID" data-words="{n} left" hidden>: how many characters are left. */
  function count(note) {
    var box = document.getElementById(note.getAttribute("data-count-for"));
    if (!box || box.maxLength < 0) return;
    function tell() {
      var left = box.maxLength - box.value.length;
      note.hidden = left > box.maxLength / 5;
      note.textContent = note.getAttribute("data-words").replace("{n}", left);
    }
    box.addEventListener("input", tell);
    tell();
  }

  /* <button data-copy="text" data-done="Copied" hidden> */
  function copier(button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.getAttribute("data-copy")).then(function () {
        var word = button.querySelector("span") || button;
        word.textContent = button.getAttribute("data-done") || "✓";
        button.setAttribute("aria-live", "polite");
      });
    });
  }

  /* <button data-print hidden> */
  function printer(button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  }

  /* <strong data-left="INSTANT">: pages kept in a cache hold no countdown, so it is written here. */
  function left(place) {
    var minutes = Math.floor((new Date(place.getAttribute("data-left")) - new Date()) / 60000);
    if (!place.hidden || !(minutes > 0) || !window.Intl) return;
    var steps = [["day", Math.floor(minutes / 1440)], ["hour", Math.floor(minutes / 60) % 24]];
    if (!steps[0][1]) steps = [steps[1], ["minute", minutes % 60]];
    try {
      place.textContent = steps.filter(function (step) { return step[1]; }).map(function (step) {
        var form = { style: "unit", unit: step[0], unitDisplay: "long" };
        return new Intl.NumberFormat(document.documentElement.lang, form).format(step[1]);
      }).join(" ") || "";
      place.textContent = place.getAttribute("data-words").replace("{left}", place.textContent);
      place.hidden = false;
    } catch (error) {
      place.textContent = ""; /* an old browser without units: the full date stands beside */
    }
  }

  /* <p role="status" data-busy="words">: says so while its form is under way. */
  function busy(note) {
    note.closest("form").addEventListener("submit", function () {
      note.textContent = note.getAttribute("data-busy");
    });
  }

  /* <form data-guard>: asks before words are lost. */
  function guard(form) {
    var dirty = false;
    form.addEventListener("input", function () { dirty = true; });
    form.addEventListener("submit", function () { dirty = false; });
    window.addEventListener("beforeunload", function (event) {
      if (dirty && document.contains(form)) event.preventDefault();
    });
  }

  /* <form data-draft="KEY">: text boxes survive a closed tab's reload; only in this tab. */
  function draft(form) {
    var boxes = all("textarea[name]", form);
    function key(box) { return "draft:" + form.getAttribute("data-draft") + ":" + box.name; }
    try {
      boxes.forEach(function (box) {
        var kept = sessionStorage.getItem(key(box));
        if (kept !== null && (!box.value || box.value === box.defaultValue)) {
          if (!form.querySelector("[aria-invalid]")) box.value = kept;
        }
        box.addEventListener("input", function () { sessionStorage.setItem(key(box), box.value); });
      });
    } catch (error) {
      return; /* the reader's browser keeps nothing: then neither do we */
    }
  }

  /* <meta name="draft-done" content="KEY"> on the page after: the draft is no longer needed. */
  function forget(note) {
    var start = "draft:" + note.content + ":";
    try {
      Object.keys(sessionStorage).forEach(function (name) {
        if (name.indexOf(start) === 0) sessionStorage.removeItem(name);
      });
    } catch (error) {
      return;
    }
  }

  function dress(part) {
    all("meta[name='draft-done']").forEach(forget);
    all("form[data-draft]", part).forEach(draft);
    all("form[data-guard]", part).forEach(guard);
    all("textarea", part).forEach(function (box) {
      grow(box);
      box.addEventListener("input", function () { grow(box); });
    });
    all("[data-count-for]", part).forEach(count);
    all("[data-copy]", part).forEach(copier);
    all("[data-print]", part).forEach(printer);
    all("[data-left]", part).forEach(left);
    all("[data-busy]", part).forEach(busy);
    var summary = (part || document).querySelector(".ds-error-summary");
    if (summary) summary.focus();
  }

  dress(document);
  document.addEventListener("htmx:afterSwap", function (event) { dress(event.detail.target); });
})();
