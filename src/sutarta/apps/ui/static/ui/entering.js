/* <form data-send>: Ctrl+Enter or Cmd+Enter presses its [data-send-by] button, from any field. */
(function () {
  "use strict";

  function sender(form) {
    form.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      form.querySelector("[data-send-by]").click();
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-send]"), sender);
})();
