/* The page of a dossier that checks it: the log, the acts, the public words by itself; the files
   of the folder when they are chosen. Opened from a folder, nothing is asked of any network. */
(function () {
  "use strict";

  var verdict = document.getElementById("verdict"), list = document.getElementById("findings");
  var folder = document.getElementById("folder"), data = window.sutartaDossier;
  var verify = window.sutartaVerify, language = document.documentElement.lang;

  function said(one) { return one.words || verify.sentence(one, language); }

  function show(findings) {
    var isBad = findings.some(function (one) { return one.state === "failed"; });
    verdict.textContent = verdict.getAttribute(isBad ? "data-bad" : "data-good");
    verdict.setAttribute("data-state", isBad ? "failed" : "kept");
    list.textContent = "";
    findings.forEach(function (one) {
      var item = document.createElement("li"), mark = document.createElement("b");
      item.setAttribute("data-state", one.state);
      mark.textContent = verdict.getAttribute("data-" + one.state) + ": ";
      item.appendChild(mark);
      item.appendChild(document.createTextNode(said(one)));
      list.appendChild(item);
    });
  }

  function unread() {
    verdict.textContent = verdict.getAttribute("data-unread");
    verdict.setAttribute("data-state", "failed");
  }

  /* What opens a fingerprint counts only where an act of the log names it, and a file only where
     its own checksum is the one the fingerprint covers. */
  function unnamed() {
    var named = {}, sums = {};
    data.acts.forEach(function (one) {
      [one.act.facts.digest, one.act.facts.shown].forEach(function (digest) { named[digest] = true; });
    });
    data.files.forEach(function (one) { sums[one.name] = one.sha256; });
    return data.openings.filter(function (one) {
      return !named[one.digest] || (one.file && sums[one.file] !== one.content.kept);
    }).map(function (one) {
      var words = verdict.getAttribute("data-unnamed").replace("NAME", one.name);
      return { state: "failed", words: words };
    });
  }

  function chosen() {
    var byName = {};
    Array.prototype.forEach.call(folder.files, function (file) {
      byName[file.webkitRelativePath.split("/").slice(1).join("/")] = file;
    });
    return data.files.map(function (one) {
      var file = byName[one.name];
      var bytes = file ? file.arrayBuffer().then(function (read) { return new Uint8Array(read); }) : Promise.reject(new Error(one.name));
      return { name: one.name, sha256: one.sha256, bytes: bytes };
    });
  }

  function check(files) {
    verdict.textContent = verdict.getAttribute("data-working");
    var said = { log: data.log, acts: data.acts, openings: data.openings, files: files };
    return verify.dossier(said).then(function (found) { show(found.concat(unnamed())); }).catch(unread);
  }

  if (!data || !verify || !data.log) { unread(); return; }
  check([]);
  folder.addEventListener("change", function () { check(chosen()); });
})();
