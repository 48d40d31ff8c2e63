"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  let form = byId("questions");

  // The text of provisions, where somebody opens it.
  document.addEventListener("toggle", async (event) => {
    const box = event.target;
    if (!box.open || !box.dataset?.law || box.dataset.loaded) return;
    box.dataset.loaded = "1";
    try {
      const answer = await fetch(box.dataset.law, { headers: { accept: "text/html" } });
      const law = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("law");
      if (answer.ok && law) { law.removeAttribute("id"); box.querySelector(".bases").replaceWith(law); box.querySelector(".law-link").parentElement.remove(); }
    } catch { delete box.dataset.loaded; }
  }, true);

  byId("summary")?.focus();
  if (!form) return;

  let timer = 0, typed = 0, shown = 0, dirty = false, saving = null, again = false, leaving = false;
  const said = () => byId("saved");
  const fields = (extra) => {
    const data = new URLSearchParams(new FormData(form));
    if (extra) data.set(extra[0], extra[1]);
    return data;
  };

  // The preview follows what is typed.
  const mark = (name) => {
    const pane = document.querySelector(".pane-p");
    pane.querySelectorAll("mark.now").forEach((one) => one.classList.remove("now"));
    const marks = [...pane.querySelectorAll("mark[data-field]")].filter((one) => one.dataset.field === name);
    marks.forEach((one) => one.classList.add("now"));
    if (marks.length && pane.scrollHeight > pane.clientHeight && getComputedStyle(pane).position === "sticky") {
      const box = pane.getBoundingClientRect(), at = marks[0].getBoundingClientRect();
      if (at.top < box.top || at.bottom > box.bottom) pane.scrollTop += at.top - box.top - pane.clientHeight / 3;
    }
  };
  // What somebody opened of the law stays open.
  const show = (next) => {
    for (const box of document.querySelectorAll("#sheet details.basis[open]")) next.querySelector(`#${CSS.escape(box.closest("section").id)} details.basis`)?.replaceWith(box);
    byId("sheet").replaceWith(next);
  };
  const rootOf = (name) => (name || "").split(/[[.]/)[0];
  const follow = async () => {
    const mine = ++typed;
    const language = document.querySelector("#sheet .paper").lang;
    try {
      const answer = await fetch(form.dataset.preview + "?lang=" + encodeURIComponent(language), { method: "POST", body: fields() });
      if (!answer.ok || mine < shown) return;
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("sheet");
      if (!next) return;
      shown = mine;
      show(next);
      mark(rootOf(document.activeElement?.name));
    } catch { /* The next save tells that there is no connection. */ }
  };
  const later = () => { dirty = true; clearTimeout(timer); timer = setTimeout(follow, 150); };

  // A page's new questions, steps and preview in place of the old ones; what is being written stays.
  const swap = (next, all) => {
    for (const id of ["steps", "notice", "told"]) { const one = next.getElementById(id); if (one) byId(id).replaceWith(one); }
    if (next.getElementById("sheet")) show(next.getElementById("sheet"));
    const made = next.getElementById("questions");
    if (!made) return;
    // The answers in the boxes are those of the revision that the form names. Where somebody else saved, both change
    // together, or neither while something is being written: the next save is joined to theirs then.
    const same = made.elements._fields.value === form.elements._fields.value && made.elements._base.value === form.elements._base.value;
    if (!all && !same && dirty) return;
    if (all || !same) {
      const at = document.activeElement, focus = at?.id, caret = at?.type === "text" && [at.selectionStart, at.selectionEnd];
      const added = made.querySelector("[autofocus]"), last = [said().textContent, said().className];
      form.replaceWith(made); form = made;
      [said().textContent, said().className] = last;
      (added || byId(focus))?.focus();
      if (!added && caret && byId(focus)?.type === "text") byId(focus).setSelectionRange(...caret);
    } else {
      for (const old of form.querySelectorAll(".err, .warn")) old.remove();
      for (const told of made.querySelectorAll("[id$=-prop]")) byId(told.id)?.replaceWith(told.cloneNode(true));
      for (const told of made.querySelectorAll(".err, .warn")) {
        const box = told.id && byId(told.id.replace(/-(err|warn)$/, ""));
        const place = box && (box.matches("fieldset") ? box.querySelector("legend") : box.closest(".item") || box);
        if (!place) continue;
        if (place.tagName === "LEGEND") place.after(told); else place.before(told);
      }
      for (const old of form.querySelectorAll("[data-q]")) old.classList.toggle("bad", Boolean(old.querySelector(".err")));
    }
    const undo = next.querySelector(".undo"), there = document.querySelector(".undo");
    if (undo && there) there.replaceWith(undo);
  };
  const page = async (address) => {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error("page");
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const here = () => form.getAttribute("action") + "?lang=" + encodeURIComponent(document.querySelector("#sheet .paper").lang) + (byId("summary") ? "&check=1" : "");

  // Fields are saved as they are left; who comes second is led to the page that shows both values.
  const save = async () => {
    if (leaving) return;
    if (saving) { again = true; return; }
    saving = (async () => {
      try {
        const answer = await fetch(form.action, { method: "POST", body: fields(["_do", "save"]), headers: { accept: "application/json" } });
        if (answer.status === 409) { leaving = true; form.requestSubmit(form.querySelector("[value=save]")); return; }
        const told = await answer.json();
        if (!answer.ok) throw Object.assign(new Error("save"), { told: told.error?.message });
        if (!told.joined) form.elements._base.value = told.number;
        dirty = again;
        said().textContent = form.dataset.saved.replace("{}", () => told.saved);
        said().className = "soft ok";
        if ((told.changed || told.joined) && !again) swap(await page(here() + (told.joined ? "&saved=joined" : "")), false);
      } catch (problem) { said().textContent = problem.told || form.dataset.failed; said().className = "err"; }
    })();
    await saving;
    saving = null;
    if (again && !leaving) { again = false; save(); }
  };

  document.addEventListener("input", (event) => { if (event.target.form === form) later(); });
  document.addEventListener("change", (event) => { if (event.target.form === form) { dirty = true; save(); } });
  document.addEventListener("focusin", (event) => { if (event.target.form === form && event.target.name) mark(rootOf(event.target.name)); });
  document.addEventListener("click", async (event) => {
    const row = event.target.closest("button[name=_do]");
    if (row && row.form === form && /^(add|remove):/.test(row.value)) {
      event.preventDefault();
      again = false;
      while (saving) await saving;
      try {
        const answer = await fetch(form.action, { method: "POST", body: fields(["_do", row.value]), headers: { accept: "text/html" } });
        if (answer.status === 409 || !answer.ok) { leaving = true; form.requestSubmit(row); return; }
        swap(new DOMParser().parseFromString(await answer.text(), "text/html"), true);
        dirty = false;
        const path = row.value.replace("remove:", "");
        if (path !== row.value) ([...form.elements].find((one) => one.name === path || one.name?.startsWith(path + ".")) || [...form.elements].find((one) => one.value === "add:" + path.replace(/\[\d+\]$/, "")))?.focus();
      } catch { said().textContent = form.dataset.failed; said().className = "err"; }
      return;
    }
    const language = event.target.closest("#sheet [data-lang]");
    if (language) {
      event.preventDefault();
      byId("sheet").querySelector(".paper").lang = language.dataset.lang;
      follow();
      return;
    }
    const filled = event.target.closest("mark[data-field]");
    if (filled) {
      const box = byId("f-" + filled.dataset.field);
      if (box) { byId("tab-q").checked = true; (box.matches("fieldset") ? box.querySelector("input, textarea") || box : box).focus(); }
    }
  });
  // A save under way ends first: its revision is what the form sent next is based on.
  document.addEventListener("submit", async (event) => {
    if (!saving || leaving) { leaving = true; return; }
    event.preventDefault();
    const submitter = event.submitter;
    again = false;
    await saving;
    if (leaving) return;
    leaving = true;
    const target = event.target.isConnected ? event.target : event.target.matches(".undo") && document.querySelector(".undo");
    if (target) target.requestSubmit(target.contains(submitter) ? submitter : undefined);
    else form.requestSubmit(form.querySelector(`button[value="${submitter?.value === "next" ? "next" : "save"}"]`));
  });
  addEventListener("beforeunload", (event) => { if (dirty && !leaving) { event.preventDefault(); } });
})();
