"use strict";
(() => {
  const root = document.documentElement, byId = (id) => document.getElementById(id);
  root.classList.add("has-js");
  const said = byId("said"), words = byId("words"), tools = byId("tools");

  // "/" goes to the search box.
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    const box = byId("q");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  });

  // The clipboard, also where the page is not served over HTTPS.
  const copy = async (text, button) => {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = document.createElement("textarea");
      area.value = text; area.className = "vh"; document.body.append(area);
      area.select(); document.execCommand("copy"); area.remove();
    }
    if (!words) return;
    said.textContent = ""; said.textContent = words.dataset.copied;
    const before = button.textContent;
    if (before === words.dataset.copied) return;
    button.textContent = words.dataset.copied;
    button.focus();
    setTimeout(() => { button.textContent = before; }, 1500);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-from]");
    if (button) copy(byId(button.dataset.from).textContent, button);
  });

  // Link and citation of a unit: one row of buttons that goes to the unit asked for.
  const law = document.querySelector(".law[data-base]");
  if (law && tools) {
    const place = (unit, button) => {
      const open = tools.dataset.eid === unit.id && !tools.hidden;
      law.querySelectorAll("[aria-expanded=true]").forEach((one) => one.setAttribute("aria-expanded", "false"));
      tools.hidden = open;
      button.setAttribute("aria-expanded", String(!open));
      tools.dataset.eid = unit.id;
      tools.querySelector("a").href = law.dataset.base + "/~" + encodeURIComponent(unit.id);
      const heading = unit.querySelector(":scope > h2, :scope > h3, :scope > h4, :scope > h5, :scope > h6");
      if (heading) heading.after(tools); else unit.querySelector(":scope > .b").prepend(tools);
    };
    law.querySelectorAll(".u[data-ru]").forEach((unit) => {
      const number = unit.querySelector(":scope > .n, :scope > * > .n");
      if (!number) return;
      if (unit.tagName !== "SECTION") {
        number.title = words.dataset.tools;
        number.setAttribute("aria-expanded", "false");
        number.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          history.replaceState(history.state, "", "#" + encodeURIComponent(unit.id));
          place(unit, number);
        });
        return;
      }
      const button = document.createElement("button");
      button.type = "button"; button.className = "cp"; button.textContent = "⧉";
      button.title = words.dataset.tools;
      button.setAttribute("aria-label", words.dataset.tools + ": " + number.textContent);
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", () => place(unit, button));
      unit.prepend(button);
    });
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button"), unit = byId(tools.dataset.eid);
      if (!button || !unit) return;
      const how = button.dataset.copy;
      const link = new URL(law.dataset.base + "/~" + encodeURIComponent(unit.id), location).href;
      copy(how === "link" ? link : law.dataset[how].replace("{}", () => unit.dataset[how]), button);
    });
  }

  // An address of a unit that stands in another part of a long act.
  let lost = "";
  try { lost = decodeURIComponent(location.hash.slice(1)); } catch { /* no address of ours */ }
  if (lost && law && !byId(lost) && byId("toc-name")) {
    const there = new URL(location);
    if (there.searchParams.get("part") !== lost) { there.searchParams.set("part", lost); location.replace(there); }
  }

  // Contents: filter, and the line of what is being read.
  const filter = byId("tf"), lines = [...document.querySelectorAll(".toc li")];
  filter?.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const line of lines) line.hidden = !line.textContent.toLowerCase().includes(wanted);
  });
  const links = new Map(lines.map((line) => line.firstElementChild).map((link) => [link.dataset.eid, link]));
  const heads = [...document.querySelectorAll(".law .u[id]")].filter((unit) => links.has(unit.id));
  if (heads.length && "IntersectionObserver" in window) {
    let now = null, queued = false;
    const follow = () => {
      queued = false;
      let found = heads[0], low = 0, high = heads.length - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        if (heads[middle].getBoundingClientRect().top < 120) { found = heads[middle]; low = middle + 1; } else high = middle - 1;
      }
      if (found === now) return;
      links.get(now?.id)?.removeAttribute("aria-current");
      now = found;
      const link = links.get(now.id), box = link.closest(".toc");
      link.setAttribute("aria-current", "true");
      const at = link.getBoundingClientRect(), frame = box.getBoundingClientRect();
      if ((at.top < frame.top || at.bottom > frame.bottom) && getComputedStyle(box).position === "sticky") {
        box.scrollTop += at.top - frame.top - box.clientHeight / 3;
      }
    };
    addEventListener("scroll", () => { if (!queued) { queued = true; requestAnimationFrame(follow); } }, { passive: true });
    follow();
  }
  document.querySelector(".toc")?.addEventListener("click", (event) => {
    if (event.target.closest("a")) byId("toc-on").checked = false;
  });

  // Filters without loading the page anew.
  const show = async (address, push) => {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("results");
    if (!answer.ok || !next) { location.assign(address); return; }
    const open = byId("f-on")?.checked, focus = document.activeElement;
    const kept = focus?.name && focus.value ? [focus.name, focus.value] : null;
    byId("results").replaceWith(next);
    if (byId("f-on")) byId("f-on").checked = Boolean(open);
    if (push) history.pushState({ kb: true }, "", address);
    if (kept) [...next.querySelectorAll("input")].find((one) => one.name === kept[0] && one.value === kept[1])?.focus();
    said.textContent = next.querySelector("h1").textContent;
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("#facets");
    if (form) show("/search?" + new URLSearchParams(new FormData(form)), true).catch(() => form.submit());
  });
  addEventListener("popstate", () => { if (byId("results")) show(location.href, false).catch(() => location.reload()); });
})();
