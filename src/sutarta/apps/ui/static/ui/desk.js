/* Keys for the list of submissions: j, k, x, Enter, /, u, ?. Everything is on the page without
   them, too; Enter follows the link that j and k put the focus on. */
(function () {
  "use strict";

  var place = document.getElementById("inbox");
  if (!place) return;

  function use() { return document.getElementById("use-inbox-keys"); }

  function rows() {
    return Array.prototype.slice.call(place.querySelectorAll(".inbox tbody tr"));
  }

  function here() {
    var row = document.activeElement && document.activeElement.closest(".inbox tbody tr");
    return row ? rows().indexOf(row) : -1;
  }

  function go(step) {
    var all = rows();
    var next = Math.max(0, Math.min(all.length - 1, here() + step));
    if (!all.length) return false;
    all[next].querySelector("th a").focus();
    return true;
  }

  function tick() {
    var row = rows()[here()];
    var box = row && row.querySelector("input[name=ticked]");
    if (!box) return false;
    box.click();
    return true;
  }

  function press(selector) {
    var target = document.querySelector(selector);
    if (target) target.click();
    return Boolean(target);
  }

  function search() {
    var box = document.getElementById("words");
    box.focus();
    box.select();
    return true;
  }

  function help() {
    var keys = document.getElementById("inbox-keys");
    if (!keys) return false;
    keys.open = !keys.open;
    keys.scrollIntoView({ block: "nearest" });
    return true;
  }

  var acts = {
    j: function () { return go(1); },
    ArrowDown: function () { return here() >= 0 && go(1); },
    k: function () { return go(-1); },
    ArrowUp: function () { return here() >= 0 && go(-1); },
    x: tick,
    "/": search,
    u: function () { return press("[data-key=u]"); },
    "?": help
  };

  function isTyping(target) {
    var kind = (target.getAttribute("type") || "text").toLowerCase();
    if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
    return target.tagName === "INPUT" && kind !== "checkbox";
  }

  document.addEventListener("keydown", function (event) {
    var on = use() ? use().checked : true;
    if (!on || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (acts[event.key] && acts[event.key]()) event.preventDefault();
  });

  /* A box above the others ticks all of them; only where there is a script to do it. */
  function ready() {
    var keys = document.getElementById("inbox-keys");
    if (keys) keys.hidden = false;
    var head = place.querySelector(".inbox thead .tick");
    if (!head || head.querySelector("input")) return;
    var all = document.createElement("input");
    all.type = "checkbox";
    all.className = "ds-input";
    all.setAttribute("aria-label", place.getAttribute("data-all"));
    all.addEventListener("change", function () {
      rows().forEach(function (row) {
        row.querySelector("input[name=ticked]").checked = all.checked;
      });
    });
    head.appendChild(all);
  }

  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
