/* Words outlive a closed tab and a lost connection. They stay in this browser, for thirty days.
   Forms work the same without this file; only then nothing is kept. */
(function () {
  "use strict";

  var DAYS = 30, DAY = 86400000, START = "kept:";
  var UNKEPT = { hidden: 1, file: 1, password: 1, submit: 1, button: 1, reset: 1 };

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && !UNKEPT[field.type] && !field.closest("[hidden]");
    });
  }

  function isSwitch(field) { return field.type === "checkbox" || field.type === "radio"; }

  function isUntouched(field) {
    if (isSwitch(field)) return field.checked === field.defaultChecked;
    return field.value === field.defaultValue;
  }

  /* Our own entries only: [name, {at, fields}]; what cannot be read or is too old is let go. */
  function entries() {
    return Object.keys(localStorage).filter(function (name) {
      return name.indexOf(START) === 0;
    }).map(function (name) {
      var held;
      try { held = JSON.parse(localStorage.getItem(name)); } catch (error) { held = null; }
      if (!held || !held.fields || Date.now() - held.at > DAYS * DAY) {
        localStorage.removeItem(name);
        return null;
      }
      return [name, held];
    }).filter(Boolean);
  }

  function held(key) {
    var found = entries().filter(function (entry) { return entry[0] === START + key; })[0];
    return found && found[1];
  }

  function save(form) {
    var key = START + form.getAttribute("data-keep"), kept = {}, touched = false;
    fields(form).forEach(function (field) {
      if (!isUntouched(field)) touched = true;
      if (isSwitch(field)) {
        if (field.checked) kept[field.name] = field.value;
      } else {
        kept[field.name] = field.value;
      }
    });
    if (touched) localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: kept }));
  }

  function restore(form, kept) {
    fields(form).forEach(function (field) {
      if (isSwitch(field)) field.checked = kept.fields[field.name] === field.value;
      else if (field.name in kept.fields) field.value = kept.fields[field.name];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  function when(at) {
    var day = new Date(at), form = { hour: "2-digit", minute: "2-digit" };
    if (day.toDateString() !== new Date().toDateString()) { form.day = "numeric"; form.month = "long"; }
    var language = document.documentElement.lang;
    var said = new Intl.DateTimeFormat(language, form).format(day);
    return language === "lt" ? said.replace(":", ".") : said; /* „14.05 val.“ */
  }

  /* A line above the form: words, a softer word of explanation, a button. */
  function tell(form, words, explained, label, press) {
    var line = form.querySelector("[data-keep-line]"), said, soft, button;
    if (line) line.remove();
    line = document.createElement("div");
    line.className = "notice keep-line";
    line.setAttribute("data-keep-line", "");
    line.setAttribute("role", "status");
    said = document.createElement("p");
    said.textContent = words + " ";
    if (explained) {
      soft = document.createElement("span");
      soft.className = "soft";
      soft.textContent = explained + " ";
      said.appendChild(soft);
    }
    button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = label;
    button.addEventListener("click", function () { line.remove(); press(); });
    said.appendChild(button);
    line.appendChild(said);
    form.insertBefore(line, form.firstChild);
    return button;
  }

  /* <form data-keep="KEY" data-keep-fresh ...>: keeps what is typed; gives it back to a fresh form. */
  function keep(form) {
    var waiting, kept = held(form.getAttribute("data-keep"));
    function now() {
      window.clearTimeout(waiting);
      if (waiting && document.contains(form)) save(form);
      waiting = null;
    }
    if (kept && form.hasAttribute("data-keep-fresh")) {
      restore(form, kept);
      tell(form, form.getAttribute("data-keep-restored").replace("{time}", when(kept.at)),
        form.getAttribute("data-keep-note"), form.getAttribute("data-keep-again"), function () {
          window.clearTimeout(waiting);
          waiting = null;
          localStorage.removeItem(START + form.getAttribute("data-keep"));
          form.reset();
        });
    }
    form.addEventListener("input", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(now, 400);
    });
    form.addEventListener("submit", now, true);
    window.addEventListener("pagehide", now);
    document.addEventListener("visibilitychange", now);
  }

  /* Without a connection nothing is sent into the void: the page says so and waits. */
  function waits(form) {
    form.addEventListener("submit", function (event) {
      var pressed = event.submitter;
      if (navigator.onLine !== false) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      tell(form, form.getAttribute("data-keep-offline"), "", form.getAttribute("data-keep-retry"),
        function () {
          if (pressed) pressed.click();
          else form.requestSubmit();
        }).focus();
    }, true);
  }

  /* <p data-kept-done="KEY" hidden>: it has arrived, so nothing is kept any more. */
  function done(note) {
    localStorage.removeItem(START + note.getAttribute("data-kept-done"));
  }

  function dress(part) {
    all("[data-kept-done]", part).forEach(done);
    all("form[data-keep]", part).forEach(keep);
    all("form[data-keep-offline]", part).forEach(waits);
  }

  try {
    entries();
    dress(document);
    document.addEventListener("htmx:afterSwap", function (event) { dress(event.detail.target); });
  } catch (error) {
    return; /* the reader's browser keeps nothing: then neither do we */
  }
})();
