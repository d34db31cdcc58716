{# Light, dark, or as the device is. It runs before anything is painted, so that nothing flashes;
   where a browser forbids storage, the choice holds for one page only. #}
(() => {
  const root = document.documentElement, key = "weekly-scheme";
  const [day, night] = document.querySelectorAll("meta[name=theme-color]");
  const light = day.content, dark = night.content;
  let chosen;
  const kept = () => { try { return localStorage[key] } catch { return chosen } };
  const show = scheme => {
    root.dataset.scheme = chosen = scheme == "light" || scheme == "dark" ? scheme : "auto";
    day.content = chosen == "dark" ? dark : light;
    night.content = chosen == "light" ? light : dark;
    for (const input of document.querySelectorAll(".scheme input")) input.checked = input.value == chosen;
  };
  show(kept());
  addEventListener("DOMContentLoaded", () => {
    show(chosen);
    for (const choice of document.querySelectorAll(".scheme")) choice.hidden = false;
  });
  addEventListener("change", event => {
    if (!event.target.closest(".scheme")) return;
    show(event.target.value);
    try { localStorage[key] = chosen } catch {}
  });
{# another tab, and a page that comes back from the history, may have missed the choice #}
  addEventListener("storage", event => { if (event.key == key) show(event.newValue) });
  addEventListener("pageshow", event => { if (event.persisted) show(kept()) });
})();
