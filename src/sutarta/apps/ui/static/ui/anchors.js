/* Keys for tying passages: 1 to 9, s, g, n, u. Everything is on the page without them, too. */
(function () {
  "use strict";

  var help = document.getElementById("keys");
  var use = document.getElementById("use-keys");
  if (!help || !use) return;
  help.hidden = false;
  try {
    use.checked = localStorage.getItem("anchor-keys") !== "off";
  } catch (error) { /* nothing is remembered */ }
  use.addEventListener("change", function () {
    try {
      localStorage.setItem("anchor-keys", use.checked ? "on" : "off");
    } catch (error) { /* good for this page only */ }
  });

  function isTyping(place) {
    var kind = (place.getAttribute("type") || "text").toLowerCase();
    if (place.isContentEditable || /^(TEXTAREA|SELECT)$/.test(place.tagName)) return true;
    return place.tagName === "INPUT" && kind !== "radio" && kind !== "checkbox";
  }

  function choose(id) {
    var choice = document.getElementById(id);
    if (!choice || choice.disabled) return false;
    choice.checked = true;
    choice.focus();
    return true;
  }

  function press(key) {
    var target = document.querySelector('[data-key="' + key + '"]');
    if (target) target.click();
    return Boolean(target);
  }

  document.addEventListener("keydown", function (event) {
    if (!use.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    var key = event.key;
    var done = false;
    if (/^[1-9]$/.test(key)) done = choose("candidate-" + key);
    else if (key === "g") done = choose("gone");
    else if (key === "s") done = choose("split");
    else if (key === "n" || key === "u") done = press(key);
    if (done) event.preventDefault();
  });
})();
