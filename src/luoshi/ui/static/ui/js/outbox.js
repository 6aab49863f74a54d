// The phone's outbox: <form method="post" data-outbox> with its hidden `key` and CSRF token.
// When the network fails the report stays in this browser and goes again when the network is back;
// the key makes the server count it once. A form with files chosen is sent the ordinary way.
(function () {
  "use strict";
  var NAME = "luoshi.outbox";
  var who = document.body.dataset.signedIn || "";
  var english = document.documentElement.lang === "en";
  var busy = false;

  function all() { try { return JSON.parse(localStorage.getItem(NAME)) || []; } catch (bad) { return []; } }
  function mine() { return all().filter(function (item) { return item.who === who; }); }
  function save(items) { localStorage.setItem(NAME, JSON.stringify(items)); show(); }
  function drop(item) { save(all().filter(function (other) { return other.id !== item.id; })); }
  function toast(text, kind) { window.luoshi.toast(text, kind); }
  function show() {
    var count = mine().length;
    document.querySelectorAll("[data-outbox-count]").forEach(function (el) {
      el.hidden = !count;
      el.textContent = english ? count + " waiting to be sent" : "待发送 " + count + " 条";
    });
  }
  function post(item) {
    var body = new URLSearchParams(item.fields);
    body.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
    return fetch(item.url, { method: "POST", body: body, credentials: "same-origin" }).then(function (answer) {
      return answer.text().then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        var fault = page.querySelector("#status .toast.error, [data-refusal], .field.wrong .error, body[data-failed] h1");
        return {
          url: answer.url, text: text, status: answer.status,
          atDoor: answer.status === 401 || /\/account\/login\//.test(answer.url),
          fault: fault ? fault.textContent.trim() : answer.ok ? "" : String(answer.status)
        };
      });
    });
  }
  function said(item) {
    return item.fields.filter(function (f) { return !/^(key|version|next|asked|asked_seconds)$/.test(f[0]) && f[1]; })
      .map(function (f) { return f[1]; }).join(" ");
  }
  function flush() {
    var item = mine()[0];
    if (busy || !item || !who || !navigator.onLine) return;
    busy = true;
    post(item).then(function (answer) {
      busy = false;
      if (answer.atDoor || answer.status >= 500) return;
      drop(item);
      if (!answer.fault) toast(english ? "A report that was waiting has been sent." : "待发送的报告已送达。");
      else toast((english ? "A report that was waiting was not accepted: " : "待发送的报告未被接收：") + answer.fault +
        (english ? " You had written: " : " 您写的是：") + said(item), "error");
      flush();
    }).catch(function () { busy = false; });
  }
  function collect(form, button) {
    var fields = [];
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.push([name, value]);
    });
    if (button && button.name) fields.push([button.name, button.value]);
    var key = fields.filter(function (f) { return f[0] === "key"; })[0];
    return { id: key ? key[1] : String(Date.now()), who: who, url: form.action, fields: fields };
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("data-sign-out")) return leave(event, form);
    if (!form.hasAttribute("data-outbox") || event.defaultPrevented) return undefined;
    var files = form.querySelectorAll("input[type=file]");
    if (Array.prototype.some.call(files, function (f) { return f.files.length; })) return undefined;
    event.preventDefault();
    var item = collect(form, event.submitter);
    return post(item).then(function (answer) {
      history.pushState(null, "", answer.url);
      document.open();
      document.write(answer.text);
      document.close();
    }).catch(function () {
      save(all().filter(function (other) { return other.id !== item.id; }).concat([item]));
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
      toast(english ? "No network. The report is kept on this phone and is sent once when the network is back." :
        "网络不通。报告已存在本机，网络恢复后自动补发一次。", "error");
    });
  });
  // Signing out wipes this browser, so a waiting report is named first; a second press goes ahead.
  function leave(event, form) {
    var count = mine().length;
    if (!count || form.dataset.sure) return undefined;
    event.preventDefault();
    form.dataset.sure = "1";
    delete form.dataset.sent;
    toast(english ? count + " report(s) have not been sent yet. Press sign out again to give them up." :
      "还有 " + count + " 条报告没有送达。再按一次“退出登录”将放弃这些报告。", "error");
    return undefined;
  }
  window.addEventListener("online", flush);
  try { show(); flush(); } catch (off) { /* storage is off: reports go the ordinary way or fail aloud */ }
})();
