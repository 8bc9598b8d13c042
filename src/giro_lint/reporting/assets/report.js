"use strict";
// Shows one file at a time, links the list with the marks, lights up equations, filters, sorts. Without it the page is complete and still.
(() => {
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const words = JSON.parse($("#words").textContent);
  const main = $("main");
  const overview = $("#summary");
  const count = $$("article").length || $$('script[type="text/plain"]').length;
  let file = 0; // number of the file on view, 0 for the overview
  let active = null; // the finding chosen, an <li>

  root.classList.add("scripted");

  // --- files ---------------------------------------------------------------
  const article = (number) => {
    const there = $(`#f${number}`);
    if (there) return there;
    const kept = $(`#t${number}`);
    if (!kept) return null;
    kept.insertAdjacentHTML("beforebegin", kept.textContent); // written by the program, every text in it escaped
    return $(`#f${number}`);
  };

  const show = (number) => {
    choose(null);
    const wanted = number ? article(number) : null;
    file = wanted ? number : 0;
    if (overview) overview.hidden = Boolean(file);
    $$("article").forEach((each) => {
      if (each === wanted || !$(`#t${each.id.slice(1)}`)) each.hidden = each !== wanted;
      else each.remove();
    });
    if (wanted && !$(".tools", wanted)) prepare(wanted);
    const [previous, next] = [$("#pf"), $("#nf")];
    if (previous) [previous.disabled, next.disabled] = [file < 2, !file || file >= count];
    window.scrollTo(0, 0);
  };

  const follow = () => {
    const [, number, kind, finding] = /^#f(\d+)(?:([mn])(\d+))?$/.exec(location.hash) || [];
    const wanted = number ? Number(number) : overview ? 0 : 1;
    if (wanted !== file || !main.dataset.ready) show(wanted);
    main.dataset.ready = "1";
    if (finding && kind) choose($(`#f${number}n${finding}`), { list: true, text: true });
  };

  const go = (hash) => {
    if (location.hash === hash) follow();
    else location.hash = hash;
  };

  // --- the list of a file --------------------------------------------------
  const prepare = (host) => {
    const aside = $("aside", host);
    const list = $(".findings", host);
    if (!list) return;
    aside.prepend($("#tools").content.cloneNode(true));
    const items = $$(".f", list);
    items.forEach((item) => {
      item.spoken = item.textContent.toLowerCase();
    });
    $$(".chip", aside).forEach((chip) => {
      const kind = chip.dataset.s;
      const found = items.filter((item) => item.dataset.s === kind).length;
      chip.textContent = `${{ e: "■", w: "▲", i: "●" }[kind]} ${words[kind]} ${found}`;
      chip.disabled = !found;
    });
    const families = new Map(items.map((item) => [item.dataset.k, item.dataset.kn]));
    [...families].forEach(([key, name]) => $(".fam", aside).add(new Option(name, key)));
    const empty = Object.assign(document.createElement("p"), { textContent: words.none_shown, hidden: true });
    list.after(empty);
    $(".ord", aside).value = "severity";
    order(host);
    const sift = () => {
      const on = new Set($$('.chip[aria-pressed="true"]', aside).map((chip) => chip.dataset.s));
      const key = $(".fam", aside).value;
      const word = $(".find", aside).value.trim().toLowerCase();
      items.forEach((item) => {
        item.hidden = !on.has(item.dataset.s) || (key && item.dataset.k !== key) || !item.spoken.includes(word);
        dim(host, item);
      });
      empty.hidden = items.some((item) => !item.hidden);
      headings(list);
      if (active && active.hidden) choose(null);
      tell();
    };
    aside.addEventListener("click", (event) => {
      const chip = event.target.closest(".chip");
      if (chip) {
        chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
        sift();
      } else if (event.target.closest(".prev")) step(-1);
      else if (event.target.closest(".next")) step(1);
      else if (event.target.closest(".open")) unfold(aside, !aside.classList.contains("wide-open"));
    });
    $(".find", aside).addEventListener("input", sift);
    $(".fam", aside).addEventListener("change", sift);
    $(".ord", aside).addEventListener("change", () => {
      order(host);
      headings(list);
    });
    tell();
  };

  const unfold = (aside, open) => {
    aside.classList.toggle("wide-open", open);
    const button = $(".open", aside);
    if (button) {
      button.setAttribute("aria-expanded", String(open));
      button.textContent = open ? words.close : words.list;
    }
  };

  const RANK = { e: 0, w: 1, i: 2 };
  const order = (host, forced) => {
    const list = $(".findings", host);
    if (!list) return;
    const chosen = forced || $(".ord", host)?.value || "place";
    const items = $$(".f", list).sort((a, b) => a.dataset.n - b.dataset.n);
    const keys = { severity: (item) => RANK[item.dataset.s], family: (item) => item.dataset.kn };
    const names = { severity: (item) => words[item.dataset.s], family: (item) => item.dataset.kn };
    $$(".group", list).forEach((group) => group.remove());
    if (!keys[chosen]) {
      list.append(...items);
      return;
    }
    const first = new Map();
    items.forEach((item, at) => first.has(keys[chosen](item)) || first.set(keys[chosen](item), at));
    const rank = chosen === "severity" ? keys.severity : (item) => first.get(keys.family(item));
    items.sort((a, b) => rank(a) - rank(b) || a.dataset.n - b.dataset.n);
    let last = null;
    items.forEach((item) => {
      if (names[chosen](item) !== last) {
        last = names[chosen](item);
        list.append(Object.assign(document.createElement("li"), { className: "group", textContent: last }));
      }
      list.append(item);
    });
  };

  const headings = (list) =>
    $$(".group", list).forEach((group) => {
      let next = group.nextElementSibling;
      while (next && next.hidden) next = next.nextElementSibling;
      group.hidden = !next || next.classList.contains("group");
    });

  const host = () => (file ? $(`#f${file}`) : null); // the article on view
  const visible = () => (file ? $$(".findings .f", host()).filter((item) => !item.hidden) : []);

  const tell = () => {
    const at = file ? $(".at", host()) : null;
    if (!at) return;
    const items = visible();
    at.textContent = active ? `${items.indexOf(active) + 1} / ${items.length}` : `${items.length}`;
  };

  const step = (by) => {
    const items = visible();
    if (!items.length) return;
    const now = items.indexOf(active);
    choose(items[now < 0 ? (by > 0 ? 0 : items.length - 1) : (now + by + items.length) % items.length], { list: true, text: true });
  };

  // --- findings and their places ------------------------------------------
  const marks = (item) => $$(`[data-f~="${item.dataset.n}"]`, item.closest("article"));
  const reference = (item) => $(`#${item.closest("article").id}m${item.dataset.n}`);
  const dim = (from, item) => {
    const gone = new Set($$(".f[hidden]", from).map((each) => each.dataset.n));
    marks(item).forEach((mark) => mark.classList.toggle("off", mark.dataset.f.split(" ").every((n) => gone.has(n))));
    reference(item)?.classList.toggle("off", item.hidden);
  };

  const spots = (item, button) =>
    $$(`.paper [data-p~="${button.dataset.p}"]`, item.closest("article")).map((spot) => spot.closest("td, th") || spot);

  const light = (item, on) => {
    marks(item).forEach((mark) => mark.classList.toggle(on === "near" ? "near" : "on", Boolean(on)));
    reference(item)?.classList.toggle("on", Boolean(on));
    const lit = $$(".more [data-p]", item);
    lit.forEach((button) =>
      spots(item, button).forEach((spot) => {
        const total = button.classList.contains("x");
        if (total || !spot.classList.contains("total")) {
          spot.classList.toggle("lit", Boolean(on));
          spot.classList.toggle("total", Boolean(on) && total);
          spot.classList.toggle("none", Boolean(on) && button.hidden);
        }
        if (!button.closest(".sum") || spot.tagName !== "TD") return;
        if (on) spot.dataset.op = total ? "≠" : "+";
        else delete spot.dataset.op;
      }),
    );
    if (!on) $$(".lit", item.closest("article")).forEach((spot) => clear(spot));
  };
  const clear = (spot) => {
    spot.classList.remove("lit", "total", "none", "peek");
    delete spot.dataset.op;
  };

  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const into = (element, block) => element?.scrollIntoView({ block, inline: "center", behavior: still.matches ? "auto" : "smooth" });

  const choose = (item, scroll = {}) => {
    if (active) {
      light(active, false);
      active.classList.remove("on");
      $(".go", active).removeAttribute("aria-current");
    }
    active = item;
    if (item) {
      item.classList.add("on");
      $(".go", item).setAttribute("aria-current", "true");
      light(item, true);
      if (scroll.text) into(reference(item) || marks(item)[0], "center");
      if (scroll.list) {
        const aside = item.closest("aside");
        const top = item.offsetTop - ($(".tools", aside)?.offsetHeight || 0) - 40;
        if (getComputedStyle(aside).position === "sticky") aside.scrollTo({ top, behavior: still.matches ? "auto" : "smooth" });
      }
    }
    tell();
  };

  main.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("a.rule") || target.closest(".tools")) return;
    const button = target.closest(".t");
    if (button) {
      into(spots(button.closest(".f"), button)[0], "center");
      return;
    }
    const item = target.closest(".f");
    if (item) {
      event.preventDefault();
      unfold(item.closest("aside"), false);
      choose(item, { text: true });
      return;
    }
    const mark = target.closest("mark, a.r");
    if (!mark) return;
    event.preventDefault();
    const numbers = mark.dataset.f ? mark.dataset.f.split(" ") : [mark.id.split("m")[1]];
    const among = numbers.map((n) => $(`#f${file}n${n}`)).filter((each) => each && !each.hidden);
    const now = among.indexOf(active);
    if (among.length) choose(among[(now + 1) % among.length], { list: true });
  });

  // pointing at a finding, a mark or a figure of an equation shows what belongs to it
  const pointed = (event, on) => {
    const button = event.target.closest?.(".t");
    if (button) spots(button.closest(".f"), button).forEach((spot) => spot.classList.toggle("peek", on));
    const item = event.target.closest?.(".f") || null;
    const mark = event.target.closest?.("mark");
    const shown = item ? [item] : mark ? mark.dataset.f.split(" ").map((n) => $(`#f${file}n${n}`)) : [];
    shown.filter((each) => each && each !== active).forEach((each) => {
      if (!active) light(each, on && "near");
      else marks(each).forEach((spot) => spot.classList.toggle("near", on));
    });
  };
  main.addEventListener("mouseover", (event) => pointed(event, true));
  main.addEventListener("mouseout", (event) => pointed(event, false));
  main.addEventListener("focusin", (event) => pointed(event, true));
  main.addEventListener("focusout", (event) => pointed(event, false));

  // --- the table of files --------------------------------------------------
  const table = $("#files");
  table?.tHead.addEventListener("click", (event) => {
    const head = event.target.closest("th");
    if (!head || !event.target.closest("button")) return;
    const at = head.cellIndex;
    const numbers = head.classList.contains("n");
    const down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : numbers;
    $$("th", table.tHead).forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = (row) => (numbers ? Number(row.cells[at].textContent) : row.cells[at].textContent);
    const compare = numbers ? (a, b) => a - b : (a, b) => a.localeCompare(b, root.lang, { numeric: true });
    const rows = [...table.tBodies[0].rows].map((row) => [value(row), row]);
    rows.sort((a, b) => (down ? -1 : 1) * compare(a[0], b[0]));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  });
  $("#ff")?.addEventListener("input", (event) => {
    const word = event.target.value.trim().toLowerCase();
    [...table.tBodies[0].rows].forEach((row) => {
      row.hidden = !(row.cells[0].textContent + row.cells[1].textContent).toLowerCase().includes(word);
    });
  });
  $("#pf")?.addEventListener("click", () => go(`#f${file - 1}`));
  $("#nf")?.addEventListener("click", () => go(`#f${file + 1}`));

  // --- keys, theme, print --------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      if (typing) {
        if (event.target.value && event.target.type === "search") {
          event.target.value = "";
          event.target.dispatchEvent(new Event("input", { bubbles: true }));
        }
        event.target.blur();
      } else choose(null);
      const aside = $("aside.wide-open");
      if (aside) unfold(aside, false);
    } else if (typing) return;
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") {
      const field = file ? $(".find", host()) : $("#ff");
      if (!field) return;
      event.preventDefault();
      const aside = field.closest("aside");
      if (aside) unfold(aside, true);
      field.focus();
    }
  });
  $("#theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  $("#print").addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => {
    choose(null);
    if (file) order(host(), "place");
  });
  window.addEventListener("afterprint", () => file && order(host()));
  window.addEventListener("hashchange", follow);
  follow();
})();
