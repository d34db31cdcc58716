{# Light, dark, or as the device is. It runs before anything is painted, so that nothing flashes;
   where a browser forbids storage, the choice holds for one page only. #}
(() => {
  const root = document.documentElement, key = "weekly-scheme";
  const [day, night] = document.querySelectorAll("meta[name=theme-color]");
  const light = day.content, dark = night.content;
  let chosen;
  const show = () => {
    try { chosen = localStorage[key] ?? chosen } catch {}
    if (chosen != "light" && chosen != "dark") chosen = "auto";
    root.dataset.scheme = chosen;
    day.content = chosen == "dark" ? dark : light;
    night.content = chosen == "light" ? light : dark;
    for (const choice of document.querySelectorAll(".scheme")) {
      choice.hidden = false;
      for (const input of choice.elements) input.checked = input.value == chosen;
    }
  };
  show();
{# another tab, and a page that comes back from the history, may have missed the choice #}
  for (const moment of ["DOMContentLoaded", "storage", "pageshow"]) addEventListener(moment, show);
  addEventListener("change", event => {
    if (!event.target.closest(".scheme")) return;
    chosen = event.target.value;
    try { localStorage[key] = chosen } catch {}
    show();
  });
})();
