/* Checks what the public log proves, in the browser alone: receipts, and whole dossiers.

   window.sutartaVerify
     receipt(said, options)   -> Promise of findings. options: {trusted: key, its fingerprint or "",
                                 fetch: path -> Promise of Uint8Array or null (the log as it is
                                 shown now; left out: it is not asked), now: Date}
     log(said, trusted)       -> Promise of findings about a log as a receipt or a dossier tells of
                                 it: {origin, key, handovers, checkpoint, witnesses: [{name, key}]}
     included(act, place, log)-> Promise of whether the act stands there; place: {origin, leaf,
                                 sequenced_at, path: [base64]}
     opens(digest, salt, value) -> Promise of whether the value opens its digest (hex, hex, JSON)
     dossier(data)            -> Promise of findings. data: {log, acts: [{act, place}],
                                 openings: [{name, digest, salt, content}],
                                 files: [{name, sha256, bytes: Promise of Uint8Array}]}
     sentence(finding, language) -> what a finding means, from verify-words.js
     and the parts: sha256, leafHash, nodeHash, includes, extends, consistency, parseNote, parseKey,
     parseCheckpoint, parsePromise, verifyNote, canonical, fingerprint, hex, unhex, base64,
     unbase64, utf8, tilePath, canSign
   A finding is {code, state, facts}; state is "kept", "failed" or "unchecked".

   The same as core.translog in Python, and tested beside it. Nothing leaves the browser. */
(function () {
  "use strict";

  var KEPT = "kept", FAILED = "failed", UNCHECKED = "unchecked";
  var HASH = 32, WIDTH = 256, MOST = 1000, MOST_BUNDLES = 400;
  var TAKEN_IN = 600000, OFF = 86400000; /* milliseconds */
  var WORDED = ["submission.received", "submission.corrected"];
  var SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /* --- Bytes ---------------------------------------------------------------------------------- */

  function utf8(text) { return new TextEncoder().encode(text); }

  function hex(bytes) {
    return Array.prototype.map.call(bytes, function (one) {
      return (one < 16 ? "0" : "") + one.toString(16);
    }).join("");
  }

  function unhex(text) {
    if (typeof text !== "string" || !/^([0-9a-fA-F]{2})*$/.test(text)) throw new Error("not hex");
    var found = new Uint8Array(text.length / 2);
    for (var at = 0; at < found.length; at += 1) found[at] = parseInt(text.substr(at * 2, 2), 16);
    return found;
  }

  function base64(bytes) {
    return btoa(Array.prototype.map.call(bytes, function (one) {
      return String.fromCharCode(one);
    }).join(""));
  }

  /* Empty when it is none, or spelt in another way than the one it has. */
  function unbase64(text) {
    var plain;
    try { plain = atob(text); } catch (error) { return new Uint8Array(0); }
    if (btoa(plain) !== text) return new Uint8Array(0);
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function join() {
    var parts = Array.prototype.slice.call(arguments);
    var found = new Uint8Array(parts.reduce(function (sum, one) { return sum + one.length; }, 0));
    parts.reduce(function (at, one) { found.set(one, at); return at + one.length; }, 0);
    return found;
  }

  function same(one, other) {
    return one.length === other.length && one.every(function (byte, at) { return byte === other[at]; });
  }

  /* --- Hashes --------------------------------------------------------------------------------- */

  async function sha256(bytes) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  }

  function leafHash(entry) { return sha256(join(Uint8Array.of(0), entry)); }

  function nodeHash(left, right) { return sha256(join(Uint8Array.of(1), left, right)); }

  /* RFC 8785. JSON.stringify writes numbers and strings as it asks; keys go by UTF-16. */
  function canonical(value) {
    if (value === null || typeof value === "boolean") return String(value);
    if (typeof value === "number" && isFinite(value)) return JSON.stringify(value);
    if (typeof value === "string") return quoted(value);
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (typeof value !== "object") throw new Error("no JSON");
    return "{" + Object.keys(value).sort().map(function (key) {
      return quoted(key) + ":" + canonical(value[key]);
    }).join(",") + "}";
  }

  function quoted(text) {
    if (!isUtf8(text)) throw new Error("half a letter");
    return JSON.stringify(text);
  }

  function isUtf8(text) {
    try { encodeURIComponent(text); } catch (error) { return false; }
    return true;
  }

  async function fingerprint(salt, value) {
    var bytes = unhex(salt);
    if (bytes.length !== HASH) throw new Error("a salt has 32 bytes");
    return hex(await sha256(join(bytes, utf8(canonical(value)))));
  }

  async function opens(digest, salt, value) {
    try { return await fingerprint(salt, value) === digest; } catch (error) { return false; }
  }

  /* --- Proofs (RFC 9162) ----------------------------------------------------------------------- */

  function sides(index, last) {
    var found = [];
    while (last > 0) {
      if (index % 2 || index < last) found.push(index % 2 === 1);
      index = Math.floor(index / 2);
      last = Math.floor(last / 2);
    }
    return found;
  }

  async function climb(start, steps, path) {
    var found = start;
    for (var at = 0; at < steps.length; at += 1) {
      if (steps[at] === null) continue;
      found = steps[at] ? await nodeHash(path[at], found) : await nodeHash(found, path[at]);
    }
    return found;
  }

  function areHashes(list) {
    return list.every(function (one) { return one.length === HASH; });
  }

  async function includes(leaf, index, size, path, root) {
    if (!(index >= 0 && index < size) || !areHashes([leaf].concat(path))) return false;
    var steps = sides(index, size - 1);
    return steps.length === path.length && same(await climb(leaf, steps, path), root);
  }

  function trailingOnes(number) {
    var found = 0;
    while (number % 2 === 1) { number = (number - 1) / 2; found += 1; }
    return found;
  }

  async function extendsIt(old, oldRoot, size, root, path) {
    if (!(old >= 0 && old <= size) || !areHashes([oldRoot, root].concat(path))) return false;
    if (old === 0 || old === size) {
      return !path.length && same(oldRoot, old === size ? root : await sha256(new Uint8Array(0)));
    }
    var level = trailingOnes(old - 1), power = Math.pow(2, level);
    var index = Math.floor((old - 1) / power), last = Math.floor((size - 1) / power);
    if (index && !path.length) return false;
    var start = index ? path[0] : oldRoot, rest = index ? path.slice(1) : path;
    var steps = sides(index, last);
    if (steps.length !== rest.length) return false;
    var lefts = steps.map(function (isLeft) { return isLeft ? true : null; });
    return same(await climb(start, lefts, rest), oldRoot) && same(await climb(start, steps, rest), root);
  }

  /* lookup(level, index) -> Promise of the hash over 2**level leaves from index * 2**level on. */
  async function edge(start, end, lookup) {
    var parts = [], found;
    while (start < end) {
      var level = Math.floor(Math.log2(end - start)), power = Math.pow(2, level);
      parts.push(await lookup(level, start / power));
      start += power;
    }
    found = parts.pop();
    while (parts.length) found = await nodeHash(parts.pop(), found);
    return found;
  }

  async function pathFrom(level, index, size, lookup) {
    var path = [], last = Math.floor((size - 1) / Math.pow(2, level));
    while (last > 0) {
      var sibling = index % 2 ? index - 1 : index + 1;
      if (sibling < last) path.push(await lookup(level, sibling));
      else if (sibling === last) path.push(await edge(sibling * Math.pow(2, level), size, lookup));
      index = Math.floor(index / 2);
      last = Math.floor(last / 2);
      level += 1;
    }
    return path;
  }

  async function consistency(old, size, lookup) {
    if (old === 0 || old === size) return [];
    var level = trailingOnes(old - 1), index = Math.floor((old - 1) / Math.pow(2, level));
    var start = index ? [await lookup(level, index)] : [];
    return start.concat(await pathFrom(level, index, size, lookup));
  }

  /* --- Notes ----------------------------------------------------------------------------------- */

  var LONGEST = 1000000;
  var INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|\+00:00)$/;
  var BAD_SIGNS = /[\u0000-\u0009\u000b-\u001f]/;

  function isName(name) { return name !== "" && !/[+\s]/.test(name) && !BAD_SIGNS.test(name); }

  /* {text, signatures: [{name, keyId (hex), data}]}, null when it is no note. */
  function parseNote(said) {
    var at = String(said).lastIndexOf("\n\n");
    if (typeof said !== "string" || at < 0 || BAD_SIGNS.test(said) || said.slice(-1) !== "\n") return null;
    var lines = said.slice(at + 2, -1).split("\n");
    if (lines.length > 100 || said.length > LONGEST || !isUtf8(said)) return null;
    var found = lines.map(parseSignature);
    return found.every(Boolean) ? { text: said.slice(0, at + 1), signatures: found } : null;
  }

  function parseSignature(line) {
    var match = /^\u2014 (\S+) (\S+)$/.exec(line);
    var data = match ? unbase64(match[2]) : [];
    if (!match || !isName(match[1]) || data.length < 5) return null;
    return { name: match[1], keyId: hex(data.slice(0, 4)), data: data.slice(4) };
  }

  /* {name, keyId, kind, bytes, said, fingerprint} of a printed key, null when it is none or misspelt. */
  async function parseKey(said) {
    var parts = typeof said === "string" ? said.split("+") : [];
    if (parts.length < 3 || !isName(parts[0])) return null;
    var data = unbase64(parts.slice(2).join("+"));
    if (data.length !== HASH + 1 || (data[0] !== 1 && data[0] !== 4)) return null;
    var named = await sha256(join(utf8(parts[0] + "\n"), data));
    var key = { name: parts[0], keyId: hex(named.slice(0, 4)), kind: data[0], bytes: data.slice(1), said: said };
    key.fingerprint = shortCode(await sha256(utf8(said)));
    return key.keyId === parts[1] ? key : null;
  }

  var signing;

  /* Whether this browser checks Ed25519 at all; those before 2025 may not. */
  function canSign() {
    if (!signing) {
      signing = crypto.subtle.importKey("raw", unhex(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
      ), { name: "Ed25519" }, false, ["verify"]).then(function () { return true; }, function () { return false; });
    }
    return signing;
  }

  function find(note, key) {
    return note.signatures.filter(function (one) {
      return one.name === key.name && one.keyId === key.keyId;
    })[0];
  }

  /* Whether the key signed the note; for a witness's key the seconds since 1970 at which it did. */
  async function verifyNote(note, key) {
    var found = note && find(note, key), head = "", seconds = true;
    if (!found || found.data.length !== (key.kind === 4 ? 72 : 64)) return false;
    if (key.kind === 4) {
      var view = new DataView(found.data.buffer, found.data.byteOffset, 8);
      seconds = view.getUint32(0) * 4294967296 + view.getUint32(4);
      head = "cosignature/v1\ntime " + seconds + "\n";
    }
    try {
      var imported = await crypto.subtle.importKey("raw", key.bytes, { name: "Ed25519" }, false, ["verify"]);
      var is = await crypto.subtle.verify({ name: "Ed25519" }, imported, found.data.slice(-64), utf8(head + note.text));
      return is && seconds;
    } catch (error) {
      return false;
    }
  }

  function parseCheckpoint(said) {
    var note = parseNote(said), lines = note ? note.text.split("\n") : [];
    if (lines.length < 4 || !lines.slice(0, -1).every(Boolean) || !/^(0|[1-9][0-9]{0,15})$/.test(lines[1])) return null;
    var root = unbase64(lines[2]);
    if (root.length !== HASH || !Number.isSafeInteger(Number(lines[1]))) return null;
    return { note: note, origin: lines[0], size: Number(lines[1]), root: root };
  }

  function parsePromise(said) {
    var note = parseNote(said), lines = note ? note.text.split("\n") : [];
    if (lines.length !== 5 || lines[0] !== "sutarta.promise/1" || /^\d*$/.test(lines[1])) return null;
    var digest = unbase64(lines[2]);
    if (digest.length !== HASH || !INSTANT.test(lines[3]) || isNaN(Date.parse(lines[3]))) return null;
    return { note: note, origin: lines[1], digest: digest, at: lines[3] };
  }

  /* Keys of a log, oldest first, each handed on by the one before; null when a link is missing. */
  async function keysOf(log) {
    var first = await parseKey(log.key), keys = [first], can = await canSign();
    if (!first || first.kind !== 1 || first.name !== log.origin) return null;
    for (var at = 0; at < log.handovers.length; at += 1) {
      var note = parseNote(log.handovers[at]), lines = note ? note.text.split("\n") : [];
      var next = lines.length === 4 ? await parseKey(lines[2]) : null;
      if (!next || next.kind !== 1 || lines[0] !== "sutarta.key/1" || lines[1] !== first.name || next.name !== first.name) return null;
      if (can && !(await verifyNote(note, keys[keys.length - 1]))) return null;
      if (keys.some(function (key) { return key.said === next.said; })) return null;
      keys.push(next);
    }
    return keys;
  }

  async function signerOf(note, keys) {
    for (var at = keys.length - 1; at >= 0; at -= 1) if (await verifyNote(note, keys[at])) return keys[at];
    return null;
  }

  /* --- A receipt, as far as it proves itself ----------------------------------------------------- */

  function finding(code, state, facts) { return { code: code, state: state, facts: facts || {} }; }

  function isObject(value) { return value !== null && typeof value === "object" && !Array.isArray(value); }

  function isText(value) { return typeof value === "string"; }

  function isBase64(value) {
    return isText(value) && /^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=)?$/.test(value);
  }

  function isWhole(value) { return Number.isSafeInteger(value) && value >= 0; }

  function isList(value, one) { return Array.isArray(value) && value.length <= MOST && value.every(one); }

  function isPart(part) {
    if (!isObject(part) || !isText(part.digest)) return false;
    if ("closed" in part) return isText(part.closed);
    return isText(part.salt) && /^([0-9a-fA-F]{2})*$/.test(part.salt) && isObject(part.content);
  }

  function isPlace(place) {
    return isObject(place) && isText(place.origin) && isWhole(place.leaf) && isText(place.sequenced_at) &&
      isList(place.path, isBase64);
  }

  function isAct(one) {
    return isObject(one) && isObject(one.act) && isText(one.promise) &&
      (one.place === null || one.place === undefined || isPlace(one.place));
  }

  function isWitness(one) { return isObject(one) && isText(one.name) && isText(one.key); }

  function isLog(log) {
    return isObject(log) && isText(log.origin) && isText(log.key) && isList(log.handovers, isText) &&
      isText(log.checkpoint) && isList(log.witnesses, isWitness);
  }

  function isReceipt(said) {
    return isObject(said) && said.schema === "sutarta.receipt/2" && isWhole(said.number) &&
      isText(said.group) && isText(said.code) && isText(said.address) &&
      isList(said.texts, isPart) && isList(said.acts, isAct) && isList(said.logs, isLog) &&
      [said.author, said.contact].every(function (part) {
        return part === null || part === undefined || isPart(part);
      });
  }

  function factsOf(one) { return isObject(one.act.facts) ? one.act.facts : {}; }

  function eventOf(one) { return String(one.act.event || "").slice(0, 60); }

  function actDigest(act) { return sha256(utf8(canonical(act))); }

  function shortCode(digest) {
    var bits = Array.prototype.map.call(digest.slice(0, 10), function (one) {
      return ("0000000" + one.toString(2)).slice(-8);
    }).join("");
    return bits.match(/.{5}/g).map(function (five) { return SIGNS[parseInt(five, 2)]; })
      .join("").match(/.{4}/g).join("-");
  }

  async function receipt(said, options) {
    var asked = options || {}, digests;
    if (!isReceipt(said)) return [finding("not_a_receipt", FAILED)];
    try {
      digests = await Promise.all(said.acts.map(function (one) { return actDigest(one.act); }));
    } catch (error) {
      return [finding("not_a_receipt", FAILED)];
    }
    var found = numbers(said, digests).concat(
      await texts(said), await person(said), await promises(said, digests), await places(said)
    );
    var signers = [];
    for (var at = 0; at < said.logs.length; at += 1) {
      found = found.concat(await logAndSigners(said.logs[at], said.acts, signers));
    }
    found.push(await trust(said.logs, signers, asked.trusted));
    if (!(await canSign())) found.push(finding("signatures_unchecked", UNCHECKED));
    if (!asked.fetch) return found.concat(finding("log_not_asked", UNCHECKED));
    return found.concat(await compare(said, asked.fetch, asked.now || new Date()));
  }

  function numbers(said, digests) {
    var all = said.texts.filter(function (part) { return !("closed" in part) || !part.closed; })
      .map(function (part) { return part.content.number; })
      .concat(said.acts.map(function (one) { return factsOf(one).number; }));
    var others = all.filter(function (number) { return number !== said.number; });
    said.acts.forEach(function (one) {
      var page = one.act.about === undefined ? "" : one.act.about;
      if (page !== "" && page !== "p/" + said.number) others.push(page);
    });
    var fits = digests.length && shortCode(digests[0]) === said.code;
    return [
      others.length || !said.acts.length
        ? finding("number_differs", FAILED, { number: said.number, found: String(others[0] || "") })
        : finding("number_agrees", KEPT, { number: said.number }),
      finding(fits ? "code_fits" : "code_differs", fits ? KEPT : FAILED, { code: said.code.slice(0, 40) })
    ];
  }

  async function opening(name, part, isNamed, facts) {
    if (!isNamed) return finding(name + "_not_named", FAILED, facts);
    if (part.closed) {
      return finding(name + "_closed", UNCHECKED, Object.assign({ why: part.closed.slice(0, 40) }, facts));
    }
    if (await opens(part.digest, part.salt, part.content)) return finding(name + "_opens", KEPT, facts);
    return finding(name + "_differs", FAILED, facts);
  }

  async function texts(said) {
    var naming = said.acts.filter(function (one) { return WORDED.indexOf(one.act.event) >= 0; });
    var found = await Promise.all(said.texts.map(function (part, at) {
      var named = at < naming.length && factsOf(naming[at]).digest === part.digest;
      if (!part.closed && (part.content || {}).revision !== at + 1) named = false;
      return opening("text", part, named, { revision: at + 1 });
    }));
    if (naming.length !== said.texts.length) {
      found.push(finding("texts_missing", FAILED, { texts: said.texts.length, acts: naming.length }));
    }
    return found;
  }

  function person(said) {
    return Promise.all(["author", "contact"].filter(function (name) { return said[name]; })
      .map(function (name) {
        var named = said.acts.some(function (one) { return factsOf(one)[name] === said[name].digest; });
        return opening(name, said[name], named, {});
      }));
  }

  async function promises(said, digests) {
    var found = [], keys = {}, can = await canSign();
    for (var log of said.logs) keys[log.origin] = (await keysOf(log)) || [];
    for (var at = 0; at < said.acts.length; at += 1) {
      var one = said.acts[at], facts = { act: eventOf(one) }, promise = parsePromise(one.promise);
      var signed = promise && (!can || await signerOf(promise.note, keys[promise.origin] || []));
      if (!one.promise) found.push(finding("promise_missing", UNCHECKED, facts));
      else if (!signed) found.push(finding("promise_forged", FAILED, facts));
      else if (!same(promise.digest, digests[at])) found.push(finding("promise_other", FAILED, facts));
      else if (can) found.push(finding("promise_signed", KEPT, Object.assign({ at: promise.at }, facts)));
    }
    return found;
  }

  async function included(act, place, log) {
    var point = log ? parseCheckpoint(log.checkpoint) : null;
    if (!point || point.origin !== place.origin) return false;
    try {
      var leaf = canonical({ schema: "sutarta.leaf/1", act: act, sequenced_at: place.sequenced_at });
      var path = place.path.map(unbase64);
      return await includes(await leafHash(utf8(leaf)), place.leaf, point.size, path, point.root);
    } catch (error) {
      return false;
    }
  }

  async function places(said) {
    var logs = {}, found = [];
    said.logs.forEach(function (log) { logs[log.origin] = log; });
    for (var one of said.acts) {
      var facts = { act: eventOf(one) };
      if (!one.place) { found.push(finding("waiting", UNCHECKED, facts)); continue; }
      var log = logs[one.place.origin], is = await included(one.act, one.place, log);
      facts.leaf = one.place.leaf;
      facts.at = one.place.sequenced_at.slice(0, 40);
      if (is) facts.size = parseCheckpoint(log.checkpoint).size;
      found.push(finding(is ? "included" : "not_included", is ? KEPT : FAILED, facts));
    }
    return found;
  }

  /* --- Who signed -------------------------------------------------------------------------------- */

  async function logAndSigners(log, acts, signers) {
    var keys = await keysOf(log), origin = log.origin.slice(0, 120), found = [], can = await canSign();
    if (!keys) return [finding("keys_broken", FAILED, { origin: origin })];
    if (keys.length > 1 && can) found.push(finding("key_handed_on", KEPT, { times: keys.length - 1 }));
    for (var one of acts) {
      var promise = parsePromise(one.promise);
      var key = promise && promise.origin === log.origin && await signerOf(promise.note, keys);
      if (key) signers.push({ keys: keys, key: key });
    }
    if (!log.checkpoint) return found;
    var point = parseCheckpoint(log.checkpoint);
    var signer = point && point.origin === log.origin && (await signerOf(point.note, keys));
    if (signer) {
      signers.push({ keys: keys, key: signer });
      found.push(finding("checkpoint_signed", KEPT, { origin: origin, size: point.size }));
    } else if (!point || point.origin !== log.origin || can) {
      found.push(finding("checkpoint_forged", FAILED, { origin: origin }));
    }
    return found.concat(can ? await witnessed(log, point) : []);
  }

  async function witnessed(log, point) {
    var found = [], count = 0;
    if (!point) return found;
    for (var one of log.witnesses) {
      var key = await parseKey(one.key), facts = { name: one.name.slice(0, 160) };
      var at = key && key.kind === 4 && await verifyNote(point.note, key);
      if (at) {
        count += 1;
        facts.at = new Date(at * 1000).toISOString();
      }
      found.push(finding(at ? "witnessed" : "witness_forged", at ? KEPT : FAILED, facts));
    }
    return count ? found : found.concat(finding("not_witnessed", UNCHECKED));
  }

  /* A key hands on to the next, not the other way round: what keys before it signed, it does not
     vouch for. */
  async function trust(logs, signers, trusted) {
    var its = logs.length ? (await keysOf(logs[0])) || [] : [], said = String(trusted || "").trim();
    var facts = {
      key: said, found: its.length ? its[its.length - 1].said : "",
      fingerprint: its.map(function (key) { return key.fingerprint; }).join(", ")
    };
    function place(keys) {
      return keys.findIndex(function (key) { return key.said === said || key.fingerprint === said.toUpperCase(); });
    }
    if (!said) return finding("key_unknown", UNCHECKED, facts);
    var known = signers.filter(function (one) { return place(one.keys) >= 0; });
    if (!known.length) return finding("key_other", FAILED, facts);
    if (known.some(function (one) { return one.keys.indexOf(one.key) < place(one.keys); })) {
      return finding("key_older", UNCHECKED, facts);
    }
    if (known.length < signers.length) return finding("key_of_another_epoch", UNCHECKED, facts);
    return finding("key_trusted", KEPT, facts);
  }

  async function log(said, trusted) {
    if (!isLog(said)) return [finding("keys_broken", FAILED, { origin: "" })];
    var signers = [], found = await logAndSigners(said, [], signers);
    if (!(await canSign())) found.push(finding("signatures_unchecked", UNCHECKED));
    return found.concat(await trust([said], signers, trusted));
  }

  /* --- Beside the log as it is shown now ----------------------------------------------------------- */

  function placed(number, width) {
    var groups = [("00" + number % 1000).slice(-3)];
    while ((number = Math.floor(number / 1000))) groups.unshift("x" + ("00" + number % 1000).slice(-3));
    return groups.join("/") + (width === WIDTH ? "" : ".p/" + width);
  }

  function tilePath(level, number, width) { return "tile/" + level + "/" + placed(number, width); }

  function Unreadable(why) { this.why = why; }

  function lookupOf(shown) {
    var known = {};
    async function tile(level, number) {
      var width = Math.min(WIDTH, Math.floor(shown.size / Math.pow(WIDTH, level)) - number * WIDTH);
      var key = level + "/" + number;
      if (!(key in known)) {
        known[key] = width > 0 ? await shown.fetch(shown.prefix + tilePath(level, number, width)) : null;
        if (!known[key] || known[key].length !== width * HASH) throw new Unreadable(key);
      }
      return known[key];
    }
    return async function (level, index) {
      var above = level % 8, first = index * Math.pow(2, above), row = [];
      var bytes = await tile((level - above) / 8, Math.floor(first / WIDTH));
      var start = first % WIDTH * HASH, end = start + HASH * Math.pow(2, above);
      if (end > bytes.length) throw new Unreadable(level + "/" + index);
      for (var at = start; at < end; at += HASH) row.push(bytes.slice(at, at + HASH));
      while (row.length > 1) {
        var next = [];
        for (var pair = 0; pair < row.length; pair += 2) next.push(await nodeHash(row[pair], row[pair + 1]));
        row = next;
      }
      return row[0];
    };
  }

  async function compare(said, fetch, now) {
    try {
      return await compared(said, fetch, now);
    } catch (error) {
      if (error instanceof Unreadable) return [finding("log_unreadable", FAILED, { why: error.why })];
      return [finding("log_unreachable", UNCHECKED, { why: String(error.message || error).slice(0, 200) })];
    }
  }

  async function compared(said, fetch, now) {
    var found = [], there = [], epochs = await epochsOf(fetch);
    for (var log of said.logs) {
      var shown = await shownNow(log, epochs, fetch);
      if (shown.code) { found.push(orEmpty(shown, log, said, now)); continue; }
      there.push(shown);
      found = found.concat(await grown(log, shown, epochs));
    }
    var waiting = said.acts.filter(function (one) { return !one.place && parsePromise(one.promise); });
    if (!there.length || !waiting.length) return found;
    there = there.concat(await later(there, epochs, fetch));
    for (var one of waiting) found.push(await kept(parsePromise(one.promise), eventOf(one), there, now));
    return found;
  }

  /* A log that shows nothing may be so young that it has nothing to show. */
  function orEmpty(found, log, said, now) {
    var isYoung = said.acts.every(function (one) {
      var promise = parsePromise(one.promise);
      return promise && now - Date.parse(promise.at) < TAKEN_IN;
    });
    if (found.code !== "log_not_there" || log.checkpoint || !isYoung) return found;
    return finding("log_empty", UNCHECKED, found.facts);
  }

  async function epochsOf(fetch) {
    var said = await fetch("keys");
    try { said = JSON.parse(new TextDecoder().decode(said)); } catch (error) { return []; }
    return isObject(said) && Array.isArray(said.epochs) ? said.epochs.filter(isObject) : [];
  }

  async function shownNow(log, epochs, fetch) {
    var facts = { origin: log.origin.slice(0, 120) };
    var former = epochs.slice(0, -1).filter(function (one) { return one.origin === log.origin; })[0];
    var prefix = former && isWhole(former.epoch) ? former.epoch + "/" : "";
    var bytes = await fetch(prefix + "checkpoint");
    if (!bytes) return finding("log_not_there", FAILED, facts);
    var keys = await longer(log, epochs), point = parseCheckpoint(new TextDecoder().decode(bytes));
    if (!keys) return finding("log_keys_broken", FAILED, facts);
    if (point && point.origin !== log.origin) {
      return finding("log_other", FAILED, { origin: facts.origin, found: point.origin.slice(0, 120) });
    }
    if (!point || ((await canSign()) && !(await signerOf(point.note, keys)))) {
      return finding("log_forged", FAILED, facts);
    }
    return { size: point.size, root: point.root, prefix: prefix, fetch: fetch, origin: log.origin, keys: keys };
  }

  /* Our keys of the log, and those they were handed on to since. */
  async function longer(log, epochs) {
    var ours = await keysOf(log), told = epochs.filter(function (one) { return one.origin === log.origin; })[0];
    if (!ours || !told || !isList(told.handovers, isText) || told.handovers.length < log.handovers.length) return ours;
    var found = await keysOf({ origin: log.origin, key: log.key, handovers: told.handovers });
    return found && ours.every(function (key, at) { return found[at].said === key.said; }) ? found : null;
  }

  async function grown(log, shown, epochs) {
    var was = log.checkpoint ? parseCheckpoint(log.checkpoint) : null, found = [];
    if (!was || ((await canSign()) && !(await signerOf(was.note, await keysOf(log))))) return found;
    var facts = { was: was.size, size: shown.size };
    if (shown.size < was.size) {
      var loss = lossOf(log.origin, epochs);
      found.push(finding(loss ? "lost_openly" : "log_smaller", FAILED, Object.assign(facts, loss)));
    } else {
      var path = await consistency(was.size, shown.size, lookupOf(shown));
      var is = await extendsIt(was.size, was.root, shown.size, shown.root, path);
      found.push(finding(is ? "log_extends" : "log_forked", is ? KEPT : FAILED, facts));
    }
    if (shown.prefix) found.push(finding("epoch_ended", KEPT, { origin: log.origin }));
    return found;
  }

  function lossOf(origin, epochs) {
    var found = null;
    epochs.forEach(function (one) {
      var facts = isObject(one.began) && isObject(one.began.facts) ? one.began.facts : {};
      (Array.isArray(facts.lost) ? facts.lost : []).forEach(function (said) {
        if (isObject(said) && said.origin === origin) {
          found = found || { at: String(one.began.at).slice(0, 40), lost: String(said.size).slice(0, 20) };
        }
      });
    });
    return found;
  }

  /* Epochs begun since, each handed on to by a key of the one before it. */
  async function later(there, epochs, fetch) {
    var keys = {}, found = [], can = await canSign();
    there.forEach(function (one) { keys[one.origin] = one.keys; });
    for (var one of epochs) {
      var facts = isObject(one.began) && isObject(one.began.facts) ? one.began.facts : {};
      var note = parseNote(facts.handover), lines = note ? note.text.split("\n") : [];
      if (lines.length !== 4 || lines[0] !== "sutarta.key/1" || keys[one.origin]) continue;
      if (can && !(await signerOf(note, keys[lines[1]] || []))) continue;
      var shown = await shownNow(
        { origin: one.origin, key: lines[2], handovers: [], checkpoint: "", witnesses: [] }, epochs, fetch
      );
      if (shown.code) continue;
      keys[one.origin] = shown.keys;
      found.push(shown);
    }
    return found;
  }

  async function kept(promise, event, logs, now) {
    var facts = { act: event, at: promise.at }, at = Date.parse(promise.at);
    for (var one of logs) {
      var found = await search(promise.digest, at, one);
      if (found) return finding("promise_fulfilled", KEPT, Object.assign(facts, found));
    }
    return now - at < TAKEN_IN ? finding("promise_waits", UNCHECKED, facts) : finding("promise_broken", FAILED, facts);
  }

  function unpack(bundle) {
    var entries = [], at = 0;
    while (at < bundle.length) {
      var end = at + 2 + bundle[at] * 256 + bundle[at + 1];
      if (!(end <= bundle.length)) throw new Unreadable("entries");
      entries.push(bundle.slice(at + 2, end));
      at = end;
    }
    return entries;
  }

  /* Leaf and time of the act, looked for from the end of the log. */
  async function search(digest, at, shown) {
    var last = Math.ceil(shown.size / WIDTH) - 1, lookup = lookupOf(shown);
    for (var number = last; number >= 0 && number > last - MOST_BUNDLES; number -= 1) {
      var width = Math.min(WIDTH, shown.size - number * WIDTH);
      var entries = unpack((await shown.fetch(shown.prefix + "tile/entries/" + placed(number, width))) || []);
      if (entries.length !== width) throw new Unreadable("entries");
      for (var column = 0; column < width; column += 1) {
        var leaf = await leafOf(entries[column]), index = number * WIDTH + column;
        if (!leaf || !same(leaf.digest, digest)) continue;
        var path = await pathFrom(0, index, shown.size, lookup);
        if (!(await includes(await leafHash(entries[column]), index, shown.size, path, shown.root))) {
          throw new Unreadable("entry " + index);
        }
        return { leaf: index, sequenced_at: leaf.at };
      }
      var first = await leafOf(entries[0]);
      if (first && Date.parse(first.at) < at - OFF) return null;
    }
    return null;
  }

  async function leafOf(entry) {
    try {
      var said = JSON.parse(new TextDecoder().decode(entry));
      return { digest: await actDigest(said.act), at: String(said.sequenced_at) };
    } catch (error) {
      return null;
    }
  }

  /* --- A dossier ------------------------------------------------------------------------------------ */

  async function dossier(data) {
    var found = await log(data.log, data.trusted), count = 0;
    for (var one of data.acts || []) {
      if (one.place && await included(one.act, one.place, data.log)) count += 1;
      else if (one.place) found.push(finding("act_not_included", FAILED, { act: eventOf(one), leaf: one.place.leaf }));
    }
    if (count) found.push(finding("acts_included", KEPT, { count: count }));
    var open = 0;
    for (var part of data.openings || []) {
      if (await opens(part.digest, part.salt, part.content)) open += 1;
      else found.push(finding("opening_differs", FAILED, { name: String(part.name) }));
    }
    if (open) found.push(finding("openings_open", KEPT, { count: open }));
    return found.concat(await files(data.files || []));
  }

  async function files(list) {
    var found = [], count = 0;
    for (var one of list) {
      var bytes = await Promise.resolve(one.bytes).catch(function () { return null; });
      if (!bytes) found.push(finding("file_missing", FAILED, { name: String(one.name) }));
      else if (hex(await sha256(bytes)) !== one.sha256) found.push(finding("file_differs", FAILED, { name: String(one.name) }));
      else count += 1;
    }
    return count ? found.concat(finding("files_same", KEPT, { count: count })) : found;
  }

  /* --- Words ------------------------------------------------------------------------------------------ */

  function sentence(found, language) {
    var words = window.sutartaVerifyWords || {}, ours = words[language] || words.en || {};
    var said = (ours.findings || {})[found.code] || found.code;
    return said.replace(/\{(\w+)\}/g, function (_all, name) {
      var fact = found.facts[name];
      if (fact === undefined) return "";
      if (name === "act") return (ours.acts || {})[fact] || String(fact);
      if (name === "why" && (ours.reasons || {})[fact]) return ours.reasons[fact];
      if (name === "at" || name === "sequenced_at") return String(fact).replace("T", " ").replace(/(\.\d+)?(\+00:00|Z)$/, " UTC");
      return String(fact);
    });
  }

  window.sutartaVerify = {
    receipt: receipt, log: log, included: included, opens: opens, dossier: dossier, sentence: sentence,
    compare: compare, sha256: sha256, leafHash: leafHash, nodeHash: nodeHash, includes: includes,
    extends: extendsIt, consistency: consistency, parseNote: parseNote, parseKey: parseKey,
    parseCheckpoint: parseCheckpoint, parsePromise: parsePromise,
    verifyNote: verifyNote, canonical: canonical, fingerprint: fingerprint, shortCode: shortCode,
    hex: hex, unhex: unhex, base64: base64, unbase64: unbase64, utf8: utf8, tilePath: tilePath,
    canSign: canSign
  };
})();
