/* Covering marked words in a text box, and a preview with black marks. Works without it, too:
   the same form covers what is ticked, and the mark can be typed. */
(function () {
  "use strict";

  var MARK = /„\[uždengta(?:: ([^\]]+))?\]“/g;

  function all(selector, within) {
    return Array.prototype.slice.call(within.querySelectorAll(selector));
  }

  function named(bar, stored) {
    var option = all("option", bar).filter(function (one) { return one.value === stored; })[0];
    return option ? option.textContent : stored || "…";
  }

  /* The text of the box as readers will see it. */
  function draw(box, preview, bar) {
    var text = box.value, at = 0, found;
    preview.textContent = "";
    MARK.lastIndex = 0;
    while ((found = MARK.exec(text))) {
      preview.appendChild(document.createTextNode(text.slice(at, found.index)));
      var mark = document.createElement("span");
      mark.className = "removed";
      mark.textContent = named(bar, found[1]);
      preview.appendChild(mark);
      at = found.index + found[0].length;
    }
    preview.appendChild(document.createTextNode(text.slice(at)));
    preview.hidden = !at;
  }

  function dress(form) {
    var bar = form.querySelector(".cover-bar");
    if (!bar) return;
    var button = bar.querySelector("[data-cover]"), said = bar.querySelector("[role=status]");
    var boxes = all("textarea[name^='public_']", form), last = null;
    bar.hidden = false;
    boxes.forEach(function (box) {
      var preview = document.createElement("p");
      preview.className = "cover-preview";
      box.insertAdjacentElement("afterend", preview);
      box.addEventListener("input", function () { draw(box, preview, bar); });
      box.addEventListener("select", function () { last = box; });
      box.addEventListener("focus", function () { last = box; });
      draw(box, preview, bar);
    });
    button.addEventListener("click", function () {
      var from = last ? last.selectionStart : 0, to = last ? last.selectionEnd : 0;
      while (to > from && /\s/.test(last.value.charAt(to - 1))) to -= 1;
      if (from === to) {
        said.textContent = said.getAttribute("data-none");
        return;
      }
      var kind = bar.querySelector("select").value;
      var mark = button.getAttribute("data-cover").replace("]", ": " + kind + "]");
      last.setRangeText(mark, from, to, "end");
      last.dispatchEvent(new Event("input", { bubbles: true }));
      said.textContent = said.getAttribute("data-done");
      var covered = form.querySelector("input[name=visibility][value=REDACTED]");
      if (covered) covered.checked = true;
      last.focus();
    });
  }

  all("form[data-covering]", document).forEach(dress);
})();
