// Keeps an open page of the preview up to date: reloads it, swaps its stylesheets, or shows problems
// over it. The server adds this script; no built page contains it.
(() => {
  const script = document.currentScript;
  const place = `weekly:${location.pathname}`;
  let seen = script.dataset.seen;
  let source = null;
  let panel = null;
  let dismissed = "";

  const scrolled = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  if (scrolled !== null) {
    const back = () => scrollTo({ top: Number(scrolled), behavior: "instant" });
    back();
    addEventListener("load", back, { once: true });
  }

  function reload() {
    sessionStorage.setItem(place, String(scrollY));
    location.reload();
  }

  // A new stylesheet loads beside the old one, which is then removed, so that nothing flickers.
  function swap(urls) {
    const old = [...document.querySelectorAll("link[rel=stylesheet]")];
    urls.forEach((url, number) => {
      const before = old[number];
      if (before && before.getAttribute("href") === url) return;
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = url;
      link.onload = link.onerror = () => before?.remove();
      if (before) before.after(link);
      else document.head.append(link);
    });
    old.slice(urls.length).forEach((link) => link.remove());
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function excerpt(problem) {
    const code = element("ol", "lines");
    code.tabIndex = 0; // long lines can be scrolled with the keyboard, too
    problem.lines.forEach((text, number) => {
      const line = element("li", problem.first + number === problem.line ? "here" : "");
      line.append(element("span", "number", String(problem.first + number)), element("code", "", text));
      code.append(line);
    });
    return code;
  }

  function item(problem) {
    const made = element("li", `problem ${problem.severity}`);
    made.append(element("p", "place", problem.place));
    made.append(element("p", "message", problem.message));
    if (problem.lines.length) made.append(excerpt(problem));
    if (problem.hint) made.append(element("p", "hint", problem.hint));
    return made;
  }

  function heading(problems) {
    const errors = problems.filter((problem) => problem.severity === "error").length;
    const warnings = problems.filter((problem) => problem.severity === "warning").length;
    const count = errors || warnings;
    const what = errors ? "error" : "warning";
    return count === 1 ? `One ${what}` : `${count} ${what}s`;
  }

  function close() {
    panel?.remove();
    panel = null;
  }

  // Notes alone are no reason to cover the page.
  function show(problems, isBehind) {
    const shown = JSON.stringify(problems);
    close();
    const isUrgent = problems.some((problem) => problem.severity !== "note");
    if (!isUrgent || shown === dismissed) return;
    const hasErrors = problems.some((problem) => problem.severity === "error");
    panel = element("weekly-problems", "");
    const root = panel.attachShadow({ mode: "open" });
    const style = element("link", "");
    style.rel = "stylesheet";
    style.href = new URL("overlay.css", script.src).href;
    const box = element("section", hasErrors ? "box errors" : "box");
    box.setAttribute("role", hasErrors ? "alert" : "status");
    box.setAttribute("aria-labelledby", "heading");
    const title = element("h2", "", heading(problems));
    title.id = "heading";
    const button = element("button", "", "Hide");
    button.title = "Escape";
    button.onclick = () => {
      dismissed = shown;
      close();
    };
    const list = element("ul", "problems");
    list.append(...problems.map(item));
    const head = element("div", "head");
    head.append(title, button);
    if (isBehind) head.append(element("p", "note", "The page behind this is as it was before."));
    box.append(head, list);
    style.onload = style.onerror = () => root.append(box);
    root.append(style);
    document.body.append(panel);
  }

  function take(news) {
    if (news.page !== seen) {
      seen = news.page;
      if (!news.styles) return reload();
      swap(news.styles);
    }
    show(news.problems, news.behind);
  }

  // Browsers allow six connections to a host, so a hidden tab must not keep one.
  function connect() {
    if (source || document.hidden) return;
    const events = new URL("events", script.src);
    events.searchParams.set("at", location.pathname);
    events.searchParams.set("seen", seen);
    source = new EventSource(events);
    source.onmessage = (message) => take(JSON.parse(message.data));
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      disconnect();
      setTimeout(connect, 1000);
    };
  }

  function disconnect() {
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") panel?.shadowRoot.querySelector("button")?.click();
  });
  connect();
})();
