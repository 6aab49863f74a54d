// The phone's outbox: <form method="post" data-outbox> with a hidden `key` and `csrfmiddlewaretoken`.
// When the network fails the report stays in this browser and goes once more when the network is
// back; the key makes the server count it once. No service worker.
(function () {
  "use strict";
  var NAME = "luoshi.outbox";
  var english = document.documentElement.lang === "en";
  function read() { try { return JSON.parse(localStorage.getItem(NAME)) || []; } catch (bad) { return []; } }
  function write(items) { localStorage.setItem(NAME, JSON.stringify(items)); show(items.length); }
  function toast(text, kind) { if (window.luoshi && window.luoshi.toast) window.luoshi.toast(text, kind); }
  function show(count) {
    document.querySelectorAll("[data-outbox-count]").forEach(function (el) {
      el.hidden = !count;
      el.textContent = english ? count + " waiting to be sent" : "待发送 " + count + " 条";
    });
  }
  function token() {
    var input = document.querySelector("input[name=csrfmiddlewaretoken]");
    return input ? input.value : "";
  }
  function post(item) {
    var body = new URLSearchParams(item.fields);
    body.set("csrfmiddlewaretoken", token());
    return fetch(item.url, { method: "POST", body: body, credentials: "same-origin" });
  }
  function atDoor(answer) { return answer.status === 401 || answer.status === 403 || /\/account\/login\//.test(answer.url); }
  var busy = false;
  function flush() {
    var items = read();
    if (busy || !items.length || !document.body.hasAttribute("data-signed-in")) return;
    busy = true;
    var item = items[0];
    post(item).then(function (answer) {
      busy = false;
      if (atDoor(answer) || answer.status >= 500) return;
      write(read().filter(function (other) { return other.id !== item.id; }));
      if (answer.ok) toast(english ? "A report that was waiting has been sent." : "待发送的报告已送达。");
      else toast(english ? "A report that was waiting was not accepted; open the item to see why." : "待发送的报告未被接收，请打开事项查看原因。", "error");
      flush();
    }).catch(function () { busy = false; });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-outbox") || event.defaultPrevented) return;
    var files = form.querySelectorAll("input[type=file]");
    if (Array.prototype.some.call(files, function (f) { return f.files.length; })) return;
    event.preventDefault();
    var fields = [];
    new FormData(form, event.submitter).forEach(function (value, name) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.push([name, value]);
    });
    if (event.submitter && event.submitter.name) {
      if (!fields.some(function (f) { return f[0] === event.submitter.name && f[1] === event.submitter.value; })) fields.push([event.submitter.name, event.submitter.value]);
    }
    var key = fields.filter(function (f) { return f[0] === "key"; })[0];
    var item = { id: key ? key[1] : String(Date.now()), url: form.action, fields: fields };
    post(item).then(function (answer) {
      if (answer.redirected) { location.assign(answer.url); return null; }
      return answer.text().then(function (page) {
        document.open(); document.write(page); document.close();
      });
    }).catch(function () {
      write(read().filter(function (other) { return other.id !== item.id; }).concat([item]));
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
      toast(english ? "No network. The report is kept on this phone and will be sent once when the network is back." :
        "网络不通。报告已存在本机，网络恢复后自动补发一次。", "error");
    });
  });
  window.addEventListener("online", flush);
  show(read().length);
  flush();
})();
