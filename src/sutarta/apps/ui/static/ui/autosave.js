/* <form data-autosave data-saved="Saved at {time}" data-failed="…">: keeps a draft while one types.
   Its [data-autosave-note] tells when; its input named "seen" tells which writing one started from. */
(function () {
  "use strict";

  var PAUSE = 1500; /* milliseconds after the last key */

  function watch(form) {
    var note = form.querySelector("[data-autosave-note]");
    var timer = null, busy = false, again = false, over = false, last = words();

    function words() {
      var data = new FormData(form);
      return ["outcome", "reason", "apart"].map(function (name) { return data.get(name); })
        .concat(data.getAll("changed")).join("\u0000");
    }

    function say(text) { note.textContent = text; }

    function save() {
      window.clearTimeout(timer);
      var now = words();
      if (over || now === last) return;
      if (busy) { again = true; return; }
      busy = true;
      var data = new FormData(form);
      data.set("do", "autosave");
      data.delete("find");
      fetch(form.action, { method: "POST", body: data, credentials: "same-origin", keepalive: true,
        redirect: "error" })
        .then(function (answer) {
          return answer.json().then(function (told) { heard(answer.status, told, now); });
        })
        .catch(function () { say(form.getAttribute("data-failed")); })
        .then(function () {
          busy = false;
          if (again) { again = false; save(); }
        });
    }

    function heard(status, told, now) {
      if (status === 200) {
        last = now;
        form.elements.seen.value = told.seen || form.elements.seen.value;
        if (told.time) say(form.getAttribute("data-saved").replace("{time}", told.time));
        return;
      }
      over = status === 409; /* somebody else wrote: from here on a person decides */
      say(told.said || form.getAttribute("data-failed"));
    }

    function later() {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, PAUSE);
    }

    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", function () { over = true; window.clearTimeout(timer); });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") save();
    });
  }

  if (!window.fetch || !window.FormData || !FormData.prototype.getAll) return;
  Array.prototype.forEach.call(document.querySelectorAll("form[data-autosave]"), watch);
})();
